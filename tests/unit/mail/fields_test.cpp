#include <catch2/catch.hpp>

#include <string>

#include "mail/message.hpp"

using namespace genchi;
using mail::decode_header_text;
using mail::parameter;

TEST_CASE("encoded words") {
  struct Row {
    const char* value;
    const char* expected;
  };
  const Row rows[] = {
      {"plain", "plain"},
      {" folded\r\n subject ", "folded subject"},
      {"a\tb", "a b"},
      {"=?UTF-8?B?5bGx55Sw?=", "山田"},
      {"=?utf-8?q?=E5=B1=B1=E7=94=B0_x?=", "山田 x"},
      {"=?UTF-8*ja?B?5bGx55Sw?=", "山田"},
      {"=?ISO-2022-JP?B?GyRCOzNFRBsoQg==?=", "山田"},
      // split inside 山 (E5 B1 | B1)
      {"=?UTF-8?B?5bE=?= =?UTF-8?B?seeUsA==?=", "山田"},
      {"=?UTF-8?Q?=E5=B1?=\r\n =?UTF-8?Q?=B1?=", "山"},
      {"=?UTF-8?Q?=E5=B1?==?UTF-8?B?sQ==?=", "山"},
      // the base64 text itself cut at any place
      {"=?UTF-8?B?5bGx5?= =?UTF-8?B?5Sw?=", "山田"},
      // ISO-2022-JP left open by the first word
      {"=?ISO-2022-JP?B?GyRCOzM=?= =?ISO-2022-JP?B?RUQbKEI=?=", "山田"},
      {"a =?UTF-8?B?5bGx?= b =?UTF-8?B?55Sw?= c", "a 山 b 田 c"},
      {"Re:=?UTF-8?B?5bGx?=x", "Re:山x"},
      {"\"=?UTF-8?B?5bGx?=\"", "\"山\""},
      {"=?UTF-8?B?5bGx?= =?ISO-2022-JP?B?GyRCRUQbKEI=?=", "山田"},
      // stray bytes, missing and doubled padding
      {"=?UTF-8?B?5b Gx?=", "山"},
      {"=?UTF-8?B?5bGx====?=", "山"},
      {"=?UTF-8?B?5bGx55Sw", "山田"},
      {"=?UTF-8?B?5bGx =?UTF-8?B?55Sw?=", "山田"},
      {"=?UTF-8?Q?50%=off?=", "50%=off"},
      {"=?UTF-8?Q?what?\?=", "what?"},
      {"=?UTF-8?B?\?=", ""},
      // wrong label
      {"=?ISO-2022-JP?B?5bGx55Sw?=", "山田"},
      {"=?x-unknown?B?5bGx55Sw?=", "山田"},
      {"=?US-ASCII?Q?=E5=B1=B1=E7=94=B0?=", "山田"},
      // no encoded words
      {"=?", "=?"},
      {"=?UTF-8?X?abc?=", "=?UTF-8?X?abc?="},
      {"=? =?= ?=", "=? =?= ?="},
      {"a=?b", "a=?b"},
      // control characters inside
      {"=?UTF-8?Q?a=0Ab=00c?=", "a bc"},
      // raw 8-bit between
      {"=?UTF-8?B?5bGx?= 田 =?UTF-8?B?5bGx?=", "山 田 山"},
      {"\x8e\x52\x93\x63", "山田"},
      {"\x1b$B;3ED\x1b(B", "山田"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.value);
    CHECK(decode_header_text(row.value) == row.expected);
  }
}

TEST_CASE("NUL in a header value is left out") {
  CHECK(decode_header_text(std::string_view("a\0b", 3)) == "ab");
}

TEST_CASE("parameters") {
  struct Row {
    const char* value;
    const char* name;
    const char* expected;
  };
  const Row rows[] = {
      {"text/plain; charset=utf-8", "charset", "utf-8"},
      {"text/plain; CHARSET = \"utf-8\"", "charset", "utf-8"},
      {"text/plain;charset=utf-8;format=flowed", "format", "flowed"},
      {"text/plain; charset=utf-8 (a; comment)", "charset", "utf-8"},
      {"text/plain (x=y); charset=utf-8", "charset", "utf-8"},
      {"text/plain charset=utf-8", "charset", "utf-8"},
      {"charset=utf-8", "charset", "utf-8"},
      {"text/plain; charset", "charset", ""},
      {"text/plain", "charset", ""},
      {"multipart/mixed; boundary=----=_a.b(1)?", "boundary", "----=_a.b(1)?"},
      {"attachment; filename=\"a;b\\\"c.pdf\"", "filename", "a;b\"c.pdf"},
      {"attachment; filename=\"C:\\docs\\a.pdf\"", "filename", "C:\\docs\\a.pdf"},
      {"attachment; filename=\"見積\"最終\".pdf\"; size=3", "filename", "見積\"最終\".pdf"},
      {"attachment; filename=\"a.pdf\" size=3", "size", "3"},
      {"attachment; filename=見積 書(1).pdf; size=3", "filename", "見積 書(1).pdf"},
      {"attachment; filename=\"unclosed.pdf", "filename", "unclosed.pdf"},
      {"attachment;\r\n filename=\"folded.pdf\"", "filename", "folded.pdf"},
      // RFC 2231
      {"attachment; filename*=UTF-8''%E8%A6%8B%E7%A9%8D.pdf", "filename", "見積.pdf"},
      {"attachment; filename*=iso-2022-jp'ja'%1B%24B8%2B%40Q%1B%28B.pdf", "filename", "見積.pdf"},
      {"attachment; filename*0*=UTF-8''%E8%A6%8B; filename*1*=%E7%A9%8D; filename*2=.pdf", "filename",
       "見積.pdf"},
      {"attachment; filename*1*=%E7%A9%8D.pdf; filename*0*=UTF-8''%E8%A6%8B", "filename", "見積.pdf"},
      {"attachment; filename*0*=UTF-8''%E8%A6; filename*1*=%8B.pdf", "filename", "見.pdf"},
      {"attachment; filename*0=\"long-\"; filename*1=\"name.pdf\"", "filename", "long-name.pdf"},
      {"attachment; filename*0=\"a\"; filename*2=\"c\"", "filename", "a"},
      {"attachment; filename*=\"UTF-8''%E8%A6%8B.pdf\"", "filename", "見.pdf"},
      {"attachment; filename*=''%E8%A6%8B.pdf", "filename", "見.pdf"},
      {"attachment; filename*=%E8%A6%8B.pdf", "filename", "見.pdf"},
      {"attachment; filename*=UTF-8''100%.pdf", "filename", "100%.pdf"},
      {"attachment; filename=fallback.pdf; filename*=UTF-8''%E8%A6%8B.pdf", "filename", "見.pdf"},
      // RFC 2047 where it does not belong
      {"attachment; filename=\"=?UTF-8?B?6KaL56mNLnBkZg==?=\"", "filename", "見積.pdf"},
      {"attachment; filename==?UTF-8?B?6KaL56mNLnBkZg==?=", "filename", "見積.pdf"},
      {"attachment; filename=\"=?UTF-8?B?6KaL?=\r\n =?UTF-8?B?56mNLnBkZg==?=\"", "filename", "見積.pdf"},
      // raw Shift_JIS whose second byte is a backslash: 表
      {"attachment; filename=\"\x95\x5c.pdf\"", "filename", "表.pdf"},
      {"attachment; filename*=UTF-8''a%00b%0Ac", "filename", "ab c"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.value, row.name);
    CHECK(parameter(row.value, row.name) == row.expected);
  }
}

TEST_CASE("headers are shown unfolded and decoded, in order") {
  CHECK(mail::display_headers(
            "From x@example.jp Mon Apr  1 10:00:00 2024\n"
            "Subject: =?UTF-8?B?6KaL?=\r\n =?UTF-8?B?56mN?=\r\n"
            "X-Long: a\r\n\tb\r\n"
            "Content-Disposition: attachment; filename*0*=UTF-8''%E8%A6%8B; filename*1=.pdf\r\n"
            "\r\nbody: no field\r\n") ==
        "Subject: 見積\nX-Long: a b\nContent-Disposition: attachment; filename=\"見.pdf\"\n");
  CHECK(mail::display_headers("").empty());
}

TEST_CASE("what looks like mail") {
  CHECK(mail::looks_like_mail("From: a@example.jp\nTo: b"));
  CHECK(mail::looks_like_mail("From a@example.jp Mon Apr  1 10:00:00 2024\nReceived: from x\n"));
  CHECK(mail::looks_like_mail("X-Any: 1\r\n folded\r\nSubject: a\r\n\r\n"));
  CHECK(mail::looks_like_mail("\xef\xbb\xbfReturn-Path: <a@example.jp>\r\n"));
  CHECK(mail::looks_like_mail("X-Any: 1\rDate: Mon, 1 Apr 2024 10:00:00 +0900\r"));
  CHECK_FALSE(mail::looks_like_mail(""));
  CHECK_FALSE(mail::looks_like_mail("Dear all,\nFrom: here on"));
  CHECK_FALSE(mail::looks_like_mail("X-Any: 1\n\nFrom: a@example.jp"));
  CHECK_FALSE(mail::looks_like_mail("アカウント名,青葉写真館\r\n送信者タイプ,送信者名\r\n"));
  CHECK_FALSE(mail::looks_like_mail("{\"From\": \"x\"}"));
  CHECK_FALSE(mail::looks_like_mail(std::string_view("\0\0\0\0From: a", 11)));
}
