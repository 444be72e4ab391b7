#include "facts/acts.hpp"

#include <catch2/catch.hpp>
