// Exhibits as PDF files of A4, one each, drawn by genchi-pdf, a program of its own beside this one.
#pragma once

#include <chrono>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "evidence/exhibit.hpp"
#include "genchi/time.hpp"

namespace genchi::evidence {

struct PdfOptions {
  std::filesystem::path folder;   ///< there already; files in it are never replaced
  UtcSeconds created = 0;         ///< stands in the files; the same exhibit and time give the same bytes
  unsigned processes = 0;         ///< 0: one a core
  std::filesystem::path program;  ///< of genchi-pdf; "": the one that was installed with this program
  std::chrono::milliseconds time{30'000};  ///< of a processor, for an exhibit, and as much for each megabyte of it; ten times that by the clock
  unsigned most_pages = 50'000;            ///< of an exhibit
};

struct PdfFailure {
  std::string number;     ///< of the exhibit
  std::string file_name;  ///< with ".pdf"
  std::string reason;     ///< a sentence for people
};

struct PdfResult {
  std::size_t files = 0;
  std::size_t pages = 0;
  std::vector<PdfFailure> failures;  ///< in the order in which they happened
};

/// Draws on several processes at a time. What cannot be drawn, or takes too long, costs that exhibit alone, and is told at the end.
class PdfWriter {
 public:
  /// Starts the first process. Throws Error if genchi-pdf is missing or cannot be run, or no font has Japanese.
  explicit PdfWriter(PdfOptions options);
  /// Without finish(): ends what runs.
  ~PdfWriter();
  PdfWriter(const PdfWriter&) = delete;
  PdfWriter& operator=(const PdfWriter&) = delete;

  /// Hands an exhibit out; waits while every process has two. Throws Error where no file can be written at all: full disk, no
  /// permission.
  void add(const Exhibit& exhibit);
  /// Waits for all. Throws as add() does. Nothing may be added after it.
  PdfResult finish();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace genchi::evidence
