// What an Office Open XML file is made of: a ZIP whose members are XML.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "importers/office/document.hpp"

namespace genchi::office {

/// Members by name, those that are wanted. Throws Error if the container is damaged, encrypted or beyond the limits.
struct Package {
  std::map<std::string, std::string, std::less<>> members;
  std::vector<std::string> names;  ///< of all of them, wanted or not

  bool has(std::string_view name) const;
  /// Its bytes. Throws Error if it is not there.
  const std::string& member(std::string_view name) const;
};
Package read_package(std::string_view zip, const std::function<bool(std::string_view)>& wanted, const DocumentLimits& limits);

/// The attributes of an element by their names without prefix.
class XmlAttributes {
 public:
  void add(std::string name, std::string value) { all_.emplace_back(std::move(name), std::move(value)); }
  /// "" if it is not there.
  std::string_view operator[](std::string_view name) const;
  bool has(std::string_view name) const;

 private:
  std::vector<std::pair<std::string, std::string>> all_;
};

/// Told what stands in an XML text, in its order; names are without prefix.
class XmlReader {
 public:
  virtual ~XmlReader() = default;
  virtual void open(std::string_view name, const XmlAttributes& attributes) = 0;
  virtual void close(std::string_view name) = 0;
  virtual void characters(std::string_view text) = 0;
};

/// Throws Error if it is not well formed to its end, or what no office program writes: a DOCTYPE, another charset than
/// UTF-8, elements 256 deep or of more than 256 attributes. Errors that the reader throws come out.
void read_xml(std::string_view xml, XmlReader& reader);

/// The readers of the two kinds.
Document read_workbook(const Package& package, const DocumentLimits& limits);
Document read_letter(const Package& package, const DocumentLimits& limits);

}  // namespace genchi::office
