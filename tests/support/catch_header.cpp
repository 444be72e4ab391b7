// Carries the precompiled Catch2 header for all unit tests.
