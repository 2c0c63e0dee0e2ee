// SPDX-License-Identifier: GPL-3.0-or-later
#if __has_include(<catch2/catch_all.hpp>)
#include <catch2/catch_session.hpp>
#else
#define CATCH_CONFIG_RUNNER
#include <catch2/catch.hpp>
#endif

// Catch2 2 ends with the number of assertions that failed: four of them would read as a test that cannot run here.
int main(int argc, char *argv[]) { return Catch::Session().run(argc, argv) == 0 ? 0 : 1; }
