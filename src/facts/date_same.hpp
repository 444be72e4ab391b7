// Which dates say the same.
#pragma once

#include <cstdint>
#include <functional>
#include <unordered_map>

#include "facts/dates.hpp"

namespace genchi::facts {

/// Finds the date of a list that has the same value, in constant time.
class SameDates {
 public:
  /// The place of the first with this value; `place` itself if it is new.
  std::size_t first_with(const DateFact& date, std::size_t place) {
    const Key key{days_from_civil(date.first), days_from_civil(date.last), date.minute, date.end_minute,
                  date.precision};
    return places_.try_emplace(key, place).first->second;
  }

 private:
  struct Key {
    std::int64_t first, last;
    int minute, end_minute;
    Precision precision;
    bool operator==(const Key&) const = default;
  };
  struct Hash {
    std::size_t operator()(const Key& key) const {
      const auto mixed = static_cast<std::uint64_t>(key.first * 1000003 + key.last) * 0x9e3779b97f4a7c15U;
      return static_cast<std::size_t>(mixed ^ static_cast<std::uint64_t>(key.minute * 4099 + key.end_minute * 8 +
                                                                         static_cast<int>(key.precision)));
    }
  };
  std::unordered_map<Key, std::size_t, Hash> places_;
};

}  // namespace genchi::facts
