// All exhibits as one page for a browser: it stands alone, without scripts, and nothing is fetched.
#pragma once

#include <cstddef>
#include <functional>
#include <string_view>
#include <vector>

#include "base/files.hpp"
#include "evidence/exhibit.hpp"
#include "evidence/exhibit_words.hpp"

namespace genchi::evidence {

/// Takes the bytes of the page in their order.
using PageSink = std::function<void(std::string_view)>;

/// begin(), exhibit() for each, end(). The list of contents stands before the exhibits, so these wait in a temporary file until
/// end(); of each only its row of that list is in memory. Calls of `sink` come in begin() and end(), and pass on what it throws.
class PageWriter {
 public:
  explicit PageWriter(PageSink sink);

  void begin(const PackHeading& heading);
  void exhibit(const Exhibit& exhibit);
  void end();

 private:
  void message(const ExhibitMessage& message);

  PageSink sink_;
  ExhibitWords words_;
  Spool contents_, body_;
  std::size_t exhibits_ = 0, messages_ = 0;
};

}  // namespace genchi::evidence
