#include "importers/line_oa/line_importer.hpp"

#include <string>

#include "genchi/i18n.hpp"

namespace genchi::importers {

void give_line_export(std::string_view bytes, std::string_view file_name, const ImportLimits& limits,
                      ImportSink& sink) {
  if (bytes.size() > limits.max_export_bytes)
    sink.set_aside({{0, bytes.size(), 1}, Words("larger than a LINE download may be"), bytes, {}});
  else
    sink.line_export({bytes, std::string(file_name)});
}

} // namespace genchi::importers
