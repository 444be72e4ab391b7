#include "facts/dates.hpp"

namespace genchi::facts {

std::vector<ReadDate> read_dates(const Text&, Moment) { return {}; }
void DateContext::settle(std::vector<ReadDate>&, Moment) {}

} // namespace genchi::facts
