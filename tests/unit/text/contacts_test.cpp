#include "text/contacts.hpp"

#include <catch2/catch.hpp>

#include <string>
#include <vector>

using genchi::Contact;
using genchi::find_mail_addresses;
using genchi::find_phone_numbers;
using genchi::phone_number_of_cell;

namespace {

std::string shown(const std::vector<Contact>& found, std::string_view text) {
  std::string out;
  for (const Contact& contact : found)
    out += (out.empty() ? "" : " | ") + std::string(text.substr(contact.begin, contact.end - contact.begin)) +
           " = " + contact.value;
  return out;
}

std::string phones(std::string_view text) {
  return shown(find_phone_numbers(text), text);
}
std::string addresses(std::string_view text) {
  return shown(find_mail_addresses(text), text);
}

} // namespace

TEST_CASE("Phone numbers as people write them") {
  CHECK(phones("TEL 03-0000-0152 / FAX 03-0000-0153") ==
        "03-0000-0152 = 0300000152 | 03-0000-0153 = 0300000153");
  CHECK(phones("電話：０９０（１２３４）５６７８です") == "０９０（１２３４）５６７８ = 09012345678");
  CHECK(phones("(03)1234-5678") == "(03)1234-5678 = 0312345678");
  CHECK(phones("携帯09012345678まで") == "09012345678 = 09012345678");
  CHECK(phones("+81 90-1234-5678") == "+81 90-1234-5678 = 09012345678");
  CHECK(phones("+81(0)3-1234-5678") == "+81(0)3-1234-5678 = 0312345678");
  CHECK(phones("0120-123-456") == "0120-123-456 = 0120123456");
  CHECK(phones("0800-123-4567") == "0800-123-4567 = 08001234567");
  CHECK(phones("080 1234 5678") == "080 1234 5678 = 08012345678");
  CHECK(phones("045ー000ー0161") == "045ー000ー0161 = 0450000161");
  CHECK(phones("0000-22-0171") == "0000-22-0171 = 0000220171");
}

TEST_CASE("Figures that are no phone number") {
  for (const char* text : {"2026-04-01", "〒060-0001", "〒060-0001 011-222", "注文番号 0012345678",
                           "00120-1-234567", "1,0312,345,678", "03-1234-56789", "03-1234-5678-9",
                           "A0312345678", "口座 7001234", "09:00-18:00", "0", "+81", "(0", "03-1234-"}) {
    INFO(text);
    CHECK(phones(text).empty());
  }
}

TEST_CASE("A postal code before a phone number does not hide it") {
  CHECK(phones("〒060-0001 011-222-3333") == "011-222-3333 = 0112223333");
}

TEST_CASE("Mail addresses in a text") {
  CHECK(addresses("お返事は Sato@Aoba-Kensetsu.example まで。") ==
        "Sato@Aoba-Kensetsu.example = sato@aoba-kensetsu.example");
  CHECK(addresses("ａｂｃ＠ｄｏｃｏｍｏ.example") == "ａｂｃ＠ｄｏｃｏｍｏ.example = abc@docomo.example");
  CHECK(addresses("<a@b.example>, c.d+e@f.g.example.") ==
        "a@b.example = a@b.example | c.d+e@f.g.example = c.d+e@f.g.example");
  for (const char* text :
       {"@", "a@", "@b.example", "a@b", "a@.example", "単価@22円", "a@b..example", "1@2.3"}) {
    INFO(text);
    CHECK(addresses(text).empty());
  }
}

TEST_CASE("A cell for a phone number") {
  CHECK(phone_number_of_cell("'090-1234-5678") == "09012345678");
  CHECK(phone_number_of_cell("9012345678") == "09012345678"); // a spreadsheet dropped the zero
  CHECK(phone_number_of_cell("312345678").empty());           // of a fixed line that cannot be told
  CHECK(phone_number_of_cell("090-1234-5678 / 03-1234-5678").empty());
  CHECK(phone_number_of_cell("なし").empty());
}

TEST_CASE("A text of nothing but digits or signs is read in one go") {
  const std::string zeros(400'000, '0'), signs(400'000, '@'), parts = [] {
    std::string text;
    for (int i = 0; i < 100'000; ++i) text += "03-1";
    return text;
  }();
  CHECK(phones(zeros).empty());
  CHECK(addresses(signs).empty());
  CHECK(phones(parts).empty());
}
