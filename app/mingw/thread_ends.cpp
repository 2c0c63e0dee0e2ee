// SPDX-License-Identifier: GPL-3.0-or-later
// g++ for mingw keeps a thread_local object under a key of libgcc, and calls its destructor under a key of libstdc++. Windows'
// thread library ends keys in the order in which they were made, and libgcc's is the older: the memory is gone when the
// destructor runs (GCC bug 80816). Qt keeps such an object for each thread that used a regular expression. One destructor that is
// registered before anything else makes libstdc++'s key the older one.
extern "C" int __cxa_thread_atexit(void (*destructor)(void *), void *object, void *library);

namespace {

[[gnu::constructor]] void makeKeyOfDestructorsFirst()
{
    __cxa_thread_atexit([](void *) {}, nullptr, nullptr);
}

} // namespace
