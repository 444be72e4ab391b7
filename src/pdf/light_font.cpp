#include "pdf/light_font.hpp"

#include <fontconfig/fontconfig.h>
#include <hb-subset.h>
#include <sys/mman.h>
#include <unistd.h>

#include <memory>
#include <string>
#include <string_view>

#include "base/files.hpp"
#include "genchi/error.hpp"

namespace genchi::pdf {
namespace {

template <auto destroy> struct Destroy {
  template <typename T> void operator()(T* object) const { destroy(object); }
};
using Pattern = std::unique_ptr<FcPattern, Destroy<FcPatternDestroy>>;
using Blob = std::unique_ptr<hb_blob_t, Destroy<hb_blob_destroy>>;
using Face = std::unique_ptr<hb_face_t, Destroy<hb_face_destroy>>;
using Wanted = std::unique_ptr<hb_subset_input_t, Destroy<hb_subset_input_destroy>>;

constexpr hb_tag_t cmap = HB_TAG('c', 'm', 'a', 'p');

const FcChar8* text(const char* words) { return reinterpret_cast<const FcChar8*>(words); }

std::string_view bytes_of(hb_blob_t* blob) {
  unsigned length = 0;
  const char* bytes = hb_blob_get_data(blob, &length);
  return {bytes, length};
}

const FcPattern* installed(const FcFontSet& known, const char* family) {
  FcChar8* called = nullptr;
  for (int i = 0; i < known.nfont; ++i)
    for (int n = 0; FcPatternGetString(known.fonts[i], FC_FAMILY, n, &called) == FcResultMatch; ++n)
      if (FcStrCmp(called, text(family)) == 0) return known.fonts[i];
  return nullptr;
}

Face face_of(const FcPattern* font) {
  FcChar8* path = nullptr;
  int index = 0;
  if (FcPatternGetString(font, FC_FILE, 0, &path) != FcResultMatch) return nullptr;
  FcPatternGetInteger(font, FC_INDEX, 0, &index);
  const Blob file(hb_blob_create_from_file_or_fail(reinterpret_cast<const char*>(path)));
  return Face(file ? hb_face_create(file.get(), static_cast<unsigned>(index)) : nullptr);
}

/// A table of characters under which cairo does not look: at a glyph's first use in a document cairo 1.16 copies the table of Unicode
/// and goes through all of it for the glyph, though Pango has told the characters. The same table said to be of a symbol font is
/// passed over there, and read by HarfBuzz. Variation selectors (0, 5) stay. Empty if there is none.
std::string cmap_passed_over(std::string_view table) {
  const auto number = [&](std::size_t at) { return static_cast<unsigned char>(table[at]) << 8 | static_cast<unsigned char>(table[at + 1]); };
  const auto record = [&](int platform, int encoding) {
    for (std::size_t at = 4; at + 8 <= table.size() && at < 4 + 8 * static_cast<std::size_t>(number(2)); at += 8)
      if (number(at) == platform && number(at + 2) == encoding) return std::string(table.substr(at, 8));
    return std::string();
  };
  if (table.size() < 4) return "";
  std::string characters = record(3, 10);
  if (characters.empty()) characters = record(3, 1);
  if (characters.empty()) return "";
  characters[3] = 0;
  const std::string records = record(0, 5) + characters;
  std::string result(table);
  result[2] = 0;
  result[3] = static_cast<char>(records.size() / 8);
  return result.replace(4, records.size(), records);
}

Face light(hb_face_t* font) {
  const auto table = [&](hb_tag_t name) { return Blob(hb_face_reference_table(font, name)); };
  const std::string characters = cmap_passed_over(bytes_of(table(cmap).get()));
  const Wanted wanted(hb_subset_input_create_or_fail());
  if (characters.empty() || bytes_of(table(HB_TAG('g', 'l', 'y', 'f')).get()).empty() || !wanted) return nullptr;
  hb_subset_input_set_flags(wanted.get(), HB_SUBSET_FLAGS_NO_HINTING | HB_SUBSET_FLAGS_RETAIN_GIDS | HB_SUBSET_FLAGS_NOTDEF_OUTLINE);
  hb_set_invert(hb_subset_input_glyph_set(wanted.get()));  // all
  for (const char* name : {"BASE", "GDEF", "GPOS", "GSUB", "OS/2", "cmap"}) {  // as they are
    const hb_tag_t tag = hb_tag_from_string(name, 4);
    hb_set_add(hb_subset_input_set(wanted.get(), HB_SUBSET_SETS_NO_SUBSET_TABLE_TAG), tag);
    hb_set_del(hb_subset_input_set(wanted.get(), HB_SUBSET_SETS_DROP_TABLE_TAG), tag);
  }
  Face result(hb_subset_or_fail(font, wanted.get()));
  const Blob copied(hb_blob_create(characters.data(), static_cast<unsigned>(characters.size()), HB_MEMORY_MODE_DUPLICATE, nullptr, nullptr));
  if (!result || !hb_face_builder_add_table(result.get(), cmap, copied.get())) return nullptr;
  return result;
}

/// The name of a file in memory that is there as long as the process; "" if it cannot be had.
std::string file_in_memory(std::string_view bytes) {
  Fd file(::memfd_create("font", MFD_CLOEXEC));
  const std::string path = "/proc/self/fd/" + std::to_string(file.get());
  if (!file || ::access(path.c_str(), R_OK) != 0) return "";
  try {
    write_all(file.get(), bytes, path);
  } catch (const Error&) {
    return "";
  }
  file.release();
  return path;
}

}  // namespace

void add_light_font(const char* family, const char* name) {
  FcFontSet* known = FcInit() ? FcConfigGetFonts(nullptr, FcSetSystem) : nullptr;
  const FcPattern* original = known ? installed(*known, family) : nullptr;
  const Face font = original ? face_of(original) : nullptr;
  const Face made = font ? light(font.get()) : nullptr;
  const Blob bytes(made ? hb_face_reference_blob(made.get()) : nullptr);
  const std::string path = bytes ? file_in_memory(bytes_of(bytes.get())) : "";
  if (path.empty()) return;
  Pattern copy(FcPatternDuplicate(original));
  for (const char* changed : {FC_FILE, FC_INDEX, FC_FAMILY, FC_FAMILYLANG}) FcPatternDel(copy.get(), changed);
  FcPatternAddString(copy.get(), FC_FILE, text(path.c_str()));
  FcPatternAddInteger(copy.get(), FC_INDEX, 0);
  FcPatternAddString(copy.get(), FC_FAMILY, text(name));
  if (FcFontSetAdd(known, copy.get())) copy.release();
}

}  // namespace genchi::pdf
