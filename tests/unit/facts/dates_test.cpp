#include "facts/dates.hpp"

#include <catch2/catch.hpp>
