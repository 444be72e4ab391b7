#include "importers/office/package.hpp"

#include <archive.h>
#include <archive_entry.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>

#include <algorithm>
#include <exception>
#include <memory>

#include "genchi/error.hpp"
#include "genchi/i18n.hpp"
#include "importers/office/rows.hpp"

namespace genchi::office {
namespace {

constexpr std::size_t most_attributes = 256;  // libxml2 compares each with each

struct FreeArchive {
  void operator()(archive* a) const { archive_read_free(a); }
};

/// The data of the entry that the archive stands at.
std::string read_entry(archive* a, std::size_t& left, const DocumentLimits& limits) {
  std::string out;
  std::string block(64 << 10, '\0');
  for (;;) {
    const la_ssize_t got = archive_read_data(a, block.data(), block.size());
    if (got < 0) throw_damaged();
    if (got == 0) return out;
    const auto size = static_cast<std::size_t>(got);
    if (size > left || out.size() + size > limits.max_member_bytes) throw_too_large();
    left -= size;
    out.append(block, 0, size);
  }
}

// --- XML

/// What libxml2 would take long for or must not see. True if its tags are bounded.
bool is_tame(std::string_view xml) {
  if (xml.find('\0') != std::string_view::npos) return false;  // UTF-16
  const auto skip = [&](std::size_t at, std::string_view end) {
    const std::size_t found = xml.find(end, at);
    return found == std::string_view::npos ? xml.size() : found + end.size();
  };
  for (std::size_t at = xml.find('<'); at < xml.size(); at = xml.find('<', at)) {
    const std::string_view rest = xml.substr(at);
    if (rest.starts_with("<!--")) {
      at = skip(at + 4, "-->");
    } else if (rest.starts_with("<![CDATA[")) {
      at = skip(at, "]]>");
    } else if (rest.starts_with("<?")) {
      at = skip(at, "?>");
    } else if (rest.starts_with("<!")) {
      return false;
    } else {
      std::size_t values = 0;
      for (++at; at < xml.size() && xml[at] != '>'; ++at) {
        if (xml[at] != '"' && xml[at] != '\'') continue;
        if (++values > most_attributes) return false;
        at = std::min(xml.find(xml[at], at + 1), xml.size() - 1);
      }
    }
    if (at >= xml.size()) break;
  }
  return true;
}

std::string_view view(const xmlChar* text) { return text == nullptr ? std::string_view() : reinterpret_cast<const char*>(text); }

/// The state that libxml2's calls go to. They are C: what a reader throws waits until the parser has stopped.
struct Parsing {
  XmlReader& reader;
  xmlParserCtxtPtr context = nullptr;
  std::exception_ptr thrown;
  bool refused = false;

  template <typename Call> void guarded(const Call& call) {
    if (thrown) return;
    try {
      call();
    } catch (...) {
      thrown = std::current_exception();
      xmlStopParser(context);
    }
  }
};

void on_open(void* parsing, const xmlChar* name, const xmlChar*, const xmlChar*, int, const xmlChar**, int count, int, const xmlChar** values) {
  auto& self = *static_cast<Parsing*>(parsing);
  self.guarded([&] {
    XmlAttributes attributes;
    for (int i = 0; i < count; ++i) {
      const xmlChar** each = values + 5 * static_cast<std::ptrdiff_t>(i);  // name, prefix, URI, value, end of the value
      attributes.add(std::string(view(each[0])), std::string(reinterpret_cast<const char*>(each[3]), static_cast<std::size_t>(each[4] - each[3])));
    }
    self.reader.open(view(name), attributes);
  });
}

void on_close(void* parsing, const xmlChar* name, const xmlChar*, const xmlChar*) {
  auto& self = *static_cast<Parsing*>(parsing);
  self.guarded([&] { self.reader.close(view(name)); });
}

void on_text(void* parsing, const xmlChar* text, int size) {
  auto& self = *static_cast<Parsing*>(parsing);
  self.guarded([&] { self.reader.characters({reinterpret_cast<const char*>(text), static_cast<std::size_t>(size)}); });
}

void on_doctype(void* parsing, const xmlChar*, const xmlChar*, const xmlChar*) {
  auto& self = *static_cast<Parsing*>(parsing);
  self.refused = true;
  xmlStopParser(self.context);
}

void on_error(void*, xmlErrorPtr) {}  // wellFormed says it

struct FreeContext {
  void operator()(xmlParserCtxtPtr context) const {
    xmlFreeDoc(context->myDoc);
    context->myDoc = nullptr;
    xmlFreeParserCtxt(context);
  }
};

}  // namespace

bool Package::has(std::string_view name) const { return std::find(names.begin(), names.end(), name) != names.end(); }

const std::string& Package::member(std::string_view name) const {
  const auto found = members.find(name);
  if (found == members.end()) throw_damaged();
  return found->second;
}

Package read_package(std::string_view zip, const std::function<bool(std::string_view)>& wanted, const DocumentLimits& limits) {
  const std::unique_ptr<archive, FreeArchive> a(archive_read_new());
  archive_read_support_format_zip_seekable(a.get());
  if (archive_read_open_memory(a.get(), zip.data(), zip.size()) != ARCHIVE_OK) throw_damaged();
  Package package;
  std::size_t left = limits.max_expanded_bytes;
  for (;;) {
    archive_entry* entry = nullptr;
    const int result = archive_read_next_header(a.get(), &entry);
    if (result == ARCHIVE_EOF) return package;
    if (result < ARCHIVE_WARN || entry == nullptr) throw_damaged();
    if (package.names.size() >= limits.max_members) throw_too_large();
    const char* utf8 = archive_entry_pathname_utf8(entry);
    const char* bytes = utf8 != nullptr ? utf8 : archive_entry_pathname(entry);
    const std::string& name = package.names.emplace_back(bytes != nullptr ? bytes : "");
    if (archive_entry_is_encrypted(entry)) throw Error(tr("the file is encrypted"), tr("Save it without a password, and check what you saved."));
    // Of two members of one name the first counts, as for office programs.
    if (wanted(name) && !package.members.contains(name)) package.members.emplace(name, read_entry(a.get(), left, limits));
  }
}

std::string_view XmlAttributes::operator[](std::string_view name) const {
  const auto found = std::find_if(all_.begin(), all_.end(), [&](const auto& each) { return each.first == name; });
  return found == all_.end() ? std::string_view() : std::string_view(found->second);
}

bool XmlAttributes::has(std::string_view name) const {
  return std::any_of(all_.begin(), all_.end(), [&](const auto& each) { return each.first == name; });
}

void read_xml(std::string_view xml, XmlReader& reader) {
  if (!is_tame(xml) || xml.empty() || xml.size() > INT32_MAX) throw_damaged();
  const std::unique_ptr<xmlParserCtxt, FreeContext> context(xmlCreateMemoryParserCtxt(xml.data(), static_cast<int>(xml.size())));
  if (!context) throw std::bad_alloc();
  xmlSAXHandler calls{};
  calls.initialized = XML_SAX2_MAGIC;
  calls.startElementNs = on_open;
  calls.endElementNs = on_close;
  calls.characters = on_text;
  calls.cdataBlock = on_text;
  calls.internalSubset = on_doctype;
  calls.serror = on_error;
  *context->sax = calls;
  Parsing parsing{reader, context.get(), nullptr, false};
  context->userData = &parsing;
  xmlCtxtUseOptions(context.get(), XML_PARSE_NONET | XML_PARSE_IGNORE_ENC);
  xmlSwitchEncoding(context.get(), XML_CHAR_ENCODING_UTF8);
  xmlParseDocument(context.get());
  if (parsing.thrown) std::rethrow_exception(parsing.thrown);
  if (parsing.refused || !context->wellFormed) throw_damaged();
}

}  // namespace genchi::office
