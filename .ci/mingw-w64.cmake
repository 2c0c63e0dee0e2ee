# SPDX-License-Identifier: GPL-3.0-or-later
# Debian's cross compiler and a Qt for it. QT_WINDOWS_PREFIX, as a variable or in the environment, names the folder of that Qt.
set(CMAKE_SYSTEM_NAME Windows)
set(CMAKE_SYSTEM_PROCESSOR x86_64)
# The "posix" variant: the other one has no std::thread.
set(CMAKE_C_COMPILER x86_64-w64-mingw32-gcc-posix)
set(CMAKE_CXX_COMPILER x86_64-w64-mingw32-g++-posix)
set(CMAKE_RC_COMPILER x86_64-w64-mingw32-windres)

if(NOT QT_WINDOWS_PREFIX)
    set(QT_WINDOWS_PREFIX $ENV{QT_WINDOWS_PREFIX})
endif()
set(QT_WINDOWS_PREFIX ${QT_WINDOWS_PREFIX} CACHE PATH "Folder of a Qt for mingw-w64")
set(CMAKE_TRY_COMPILE_PLATFORM_VARIABLES QT_WINDOWS_PREFIX)

set(CMAKE_PREFIX_PATH ${QT_WINDOWS_PREFIX})
set(CMAKE_FIND_ROOT_PATH /usr/x86_64-w64-mingw32 ${QT_WINDOWS_PREFIX})
set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
set(CMAKE_FIND_ROOT_PATH_MODE_LIBRARY ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_INCLUDE ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_PACKAGE ONLY)

# What is built runs here under Wine, as far as ctest is concerned.
if(CMAKE_HOST_SYSTEM_NAME STREQUAL "Linux")
    set(CMAKE_CROSSCOMPILING_EMULATOR ${CMAKE_CURRENT_LIST_DIR}/../tests/windows/wine ${CMAKE_BINARY_DIR}/wine)
endif()
