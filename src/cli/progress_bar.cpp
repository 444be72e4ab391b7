#include <fmt/format.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <cstdio>
#include <mutex>

#include "cli/command.hpp"
#include "genchi/i18n.hpp"
#include "text/width.hpp"

namespace genchi::cli {
namespace {

using Clock = std::chrono::steady_clock;

class ProgressBar : public Progress {
 public:
  void start(Phase phase, std::uint64_t total) override {
    phase_ = phase;
    total_ = total;
    begun_ = Clock::now();
    next_draw_ns_ = 0;
  }

  void at(std::uint64_t done) override {
    // Called a million times: one comparison unless it is time to draw.
    const auto now = (Clock::now() - begun_).count();
    if (now < next_draw_ns_.load(std::memory_order_relaxed)) return;
    const std::unique_lock lock(mutex_, std::try_to_lock);
    if (!lock) return;
    next_draw_ns_ = now + std::chrono::nanoseconds(std::chrono::milliseconds(100)).count();
    draw(done, static_cast<double>(now) / 1e9);
  }

  void finish() override {
    const std::lock_guard lock(mutex_);
    if (drawn_) std::fputs("\r\x1b[K", stderr);
    drawn_ = false;
  }

 private:
  std::string label() const {
    switch (phase_) {
      case Phase::reading: return tr("Reading");
      case Phase::cataloguing: return tr("Cataloguing");
      case Phase::writing: return tr("Writing");
      case Phase::checking: return tr("Checking");
      case Phase::indexing: break;
    }
    return tr("Indexing");
  }

  void draw(std::uint64_t done, double seconds) {
    constexpr std::size_t width = 20;
    std::string line = pad_to_width(label(), 14);
    const double rate = seconds > 0 ? static_cast<double>(done) / seconds : 0;
    if (total_ > 0) {
      const double part = std::min(1.0, static_cast<double>(done) / static_cast<double>(total_));
      const auto full = static_cast<std::size_t>(part * width);
      line += fmt::format("[{}{}] {:3.0f}% ", std::string(full, '#'), std::string(width - full, '.'), part * 100);
    }
    line += phase_ == Phase::reading || phase_ == Phase::checking ? fmt::format("{:.1f} MB, {:.1f} MB/s", static_cast<double>(done) / 1e6, rate / 1e6)
                                     : fmt::format("{}, {:.0f}/s", done, rate);
    std::fprintf(stderr, "\r%s\x1b[K", line.c_str());
    std::fflush(stderr);
    drawn_ = true;
  }

  Phase phase_ = Phase::reading;
  std::uint64_t total_ = 0;
  Clock::time_point begun_ = Clock::now();
  std::atomic<std::int64_t> next_draw_ns_{0};
  std::mutex mutex_;
  bool drawn_ = false;
};

}  // namespace

std::unique_ptr<Progress> make_progress() {
  if (!::isatty(STDERR_FILENO)) return nullptr;
  return std::make_unique<ProgressBar>();
}

}  // namespace genchi::cli
