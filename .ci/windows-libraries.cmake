# SPDX-License-Identifier: GPL-3.0-or-later
# Puts the libraries that our Windows programs need beside them: there is no rpath on Windows.
set(libraries ${QT_WINDOWS_PREFIX}/bin/Qt6Core.dll)
foreach(name libstdc++-6.dll libgcc_s_seh-1.dll libwinpthread-1.dll zlib1.dll)
    execute_process(COMMAND ${CMAKE_CXX_COMPILER} -print-file-name=${name} OUTPUT_VARIABLE library OUTPUT_STRIP_TRAILING_WHITESPACE)
    if(NOT IS_ABSOLUTE "${library}" OR NOT EXISTS "${library}")
        message(FATAL_ERROR "${CMAKE_CXX_COMPILER} has no ${name}")
    endif()
    list(APPEND libraries ${library})
endforeach()
file(COPY ${libraries} DESTINATION ${CMAKE_RUNTIME_OUTPUT_DIRECTORY} FOLLOW_SYMLINK_CHAIN)
