// Phone numbers and mail addresses in texts, in the one form in which they can be compared.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace genchi {

/// One found in a text: its bytes [begin, end), and what it is.
struct Contact {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::string value; ///< phone: national digits, 0312345678; address: lower case
};

/// Japanese numbers of ten or eleven digits as people write them: 03-1234-5678, ０９０（１２３４）５６７８,
/// 0120-123-456, +81 90-1234-5678, also 09012345678. A longer row of digits, a date or a postal code is none.
/// Linear.
std::vector<Contact> find_phone_numbers(std::string_view text);

/// Names of mail addresses with a domain of two parts or more, in either width. Linear.
std::vector<Contact> find_mail_addresses(std::string_view text);

/// The digits of a cell that is to hold a phone number, "" if it holds none or several. Spreadsheets drop the
/// zero that one begins with; a mobile number gets it back.
std::string phone_number_of_cell(std::string_view cell);

} // namespace genchi
