// Deterministic fault simulation: everything that can go wrong goes wrong, one thing at a time at every call,
// and many at once, and whatever happens nothing is bought twice, nothing is ended too early, and nobody
// loses service unwarned.
#include "emulator/fault_schedules.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "base/philox.h"
#include "support/instrumented.h"

namespace termwise::test {
namespace {

const FaultStage& stage() {
    static const FaultStage kStage;
    return kStage;
}

/// Where a build is slow, every n-th schedule speaks for the others.
constexpr std::int64_t kStride = kIsInstrumented ? 149 : 1;

class Tally {
  public:
    void run(const FaultSchedule& schedule) {
        if (count_++ % kStride != 0) return;
        ++run_;
        const std::string wrong = stage().run(schedule);
        if (wrong.empty()) return;
        if (++failed_ <= 12) ADD_FAILURE() << wrong;
    }
    ~Tally() { fmt::print("{} fault schedules run, {} failed\n", run_, failed_); }

  private:
    std::int64_t count_ = 0, run_ = 0, failed_ = 0;
};

std::vector<emulator::FaultKind> all_kinds() {
    std::vector<emulator::FaultKind> kinds;
    for (std::size_t i = 0; i < emulator::fault_kinds().size(); ++i)
        kinds.push_back(static_cast<emulator::FaultKind>(i));
    return kinds;
}

emulator::Fault fault_of(emulator::FaultKind kind, std::int64_t nth) {
    emulator::Fault fault;
    fault.kind = kind;
    fault.nth = nth;
    if (kind == emulator::FaultKind::huge) fault.argument = 100'000;
    // A purchase that is confirmed and never made is nothing that anybody has reported: changes are what gets
    // ignored.
    if (kind == emulator::FaultKind::ignored)
        fault.path = nth % 2 == 0 ? "*/subscriptions/*" : "*/licenseupdates";
    return fault;
}

TEST(FaultSchedules, KilledAtEveryWriteOfTheJournal) {
    Tally tally;
    for (std::int64_t at = 1; at <= stage().size().writes; ++at)
        for (const bool after : {false, true}) tally.run({{}, at, 0, after});
}

TEST(FaultSchedules, KilledAtEverySend) {
    Tally tally;
    for (std::int64_t at = 1; at <= stage().size().calls; ++at)
        for (const bool after : {false, true}) tally.run({{}, 0, at, after});
}

TEST(FaultSchedules, EveryFaultAtEveryCall) {
    Tally tally;
    for (const emulator::FaultKind kind : all_kinds())
        for (std::int64_t at = 1; at <= stage().size().calls; ++at)
            tally.run({{fault_of(kind, at)}, 0, 0, false});
}

TEST(FaultSchedules, ManyAtOnce) {
    Tally tally;
    const std::vector<emulator::FaultKind> kinds = all_kinds();
    const FaultStage::Size size = stage().size();
    for (std::uint32_t seed = 1; seed <= 1000; ++seed) {
        auto draw = [seed, n = std::uint32_t{0}](std::int64_t most) mutable {
            return static_cast<std::int64_t>(
                scaled_to(random_bits(7, {seed, 0, n++, 0}), static_cast<std::uint64_t>(most)));
        };
        FaultSchedule schedule;
        const std::int64_t count = 1 + draw(5);
        for (std::int64_t i = 0; i < count; ++i) {
            const emulator::FaultKind kind = kinds[static_cast<std::size_t>(draw(std::ssize(kinds)))];
            schedule.faults.push_back(fault_of(kind, 1 + draw(size.calls)));
            schedule.faults.back().times = 1 + draw(3);
        }
        if (draw(2) == 0) schedule.crash_at_write = 1 + draw(size.writes);
        if (draw(2) == 0) schedule.crash_at_send = 1 + draw(size.calls);
        schedule.after = draw(2) == 0;
        tally.run(schedule);
    }
}

}  // namespace
}  // namespace termwise::test
