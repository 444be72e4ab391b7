#include "facts/amounts.hpp"

#include <catch2/catch.hpp>
