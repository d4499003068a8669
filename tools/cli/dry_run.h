// What a schedule would call, without calling it: the rehearsal's calls, printed.
#pragma once

#include <functional>
#include <string>

#include "emulator/emulator.h"
#include "execution/step.h"

namespace termwise::cli {

/// Prints each call as it passes, with the step it belongs to above it and the changing ones with their
/// bodies. Calls for tokens are left out: they hold secrets, and say nothing.
class PrintedTransport final : public Transport {
  public:
    PrintedTransport(emulator::Emulator& emulator, std::function<void(std::string_view)> print)
        : emulator_(emulator), print_(std::move(print)) {}
    /// What is called next belongs to this step.
    void begin(const Step& step);
    [[nodiscard]] HttpOutcome send(const HttpRequest& request) override;

    /// Says how often the last call was repeated. To be called at the end.
    void finish();

    [[nodiscard]] std::int64_t reads() const { return reads_; }
    [[nodiscard]] std::int64_t changes() const { return changes_; }

  private:
    emulator::Emulator& emulator_;
    std::function<void(std::string_view)> print_;
    std::string step_;
    bool is_step_told_ = true;
    std::string last_;  // line printed
    std::int64_t repeats_ = 0;
    std::int64_t reads_ = 0;
    std::int64_t changes_ = 0;
};

}  // namespace termwise::cli
