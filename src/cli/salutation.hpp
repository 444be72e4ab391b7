// How a draft addresses the client.
#pragma once

#include <string>

namespace genchi::cli {

/// A display name as one writes it in a mail: without emoji, other decoration and brackets, and without an honorific of its
/// own.
std::string addressed(const std::string& name);
/// 宛名: 山田 太郎 様, 株式会社青葉 御中; ご担当者 様 for one that is only known by an address.
std::string salutation(const std::string& name);
/// … in LINE: 山田 花子さん, 株式会社青葉 ご担当者様; まーくん, which has its honorific.
std::string line_salutation(const std::string& name);

}  // namespace genchi::cli
