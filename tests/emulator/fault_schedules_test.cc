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

using Route = FaultStage::Route;

const FaultStage& stage(Route route) {
    static const FaultStage kPurchase(Route::purchase);
    static const FaultStage kMigration(Route::migration);
    return route == Route::purchase ? kPurchase : kMigration;
}

class FaultSchedules : public testing::TestWithParam<Route> {
  protected:
    [[nodiscard]] static FaultStage::Size size() { return stage(GetParam()).size(); }
};
INSTANTIATE_TEST_SUITE_P(By, FaultSchedules, testing::Values(Route::purchase, Route::migration),
                         [](const testing::TestParamInfo<Route>& of) {
                             return of.param == Route::purchase ? "Purchase" : "Migration";
                         });

/// Where a build is slow, every n-th schedule speaks for the others.
constexpr std::int64_t kStride = kIsInstrumented ? 149 : 1;

class Tally {
  public:
    explicit Tally(Route route) : route_(route) {}
    void run(const FaultSchedule& schedule) {
        if (count_++ % kStride != 0) return;
        ++run_;
        const std::string wrong = stage(route_).run(schedule);
        if (wrong.empty()) return;
        if (++failed_ <= 12) ADD_FAILURE() << wrong;
    }
    ~Tally() { fmt::print("{} fault schedules run, {} failed\n", run_, failed_); }

  private:
    Route route_;
    std::int64_t count_ = 0, run_ = 0, failed_ = 0;
};

std::vector<emulator::FaultKind> all_kinds() {
    std::vector<emulator::FaultKind> kinds;
    for (std::size_t i = 0; i < emulator::fault_kinds().size(); ++i)
        kinds.push_back(static_cast<emulator::FaultKind>(i));
    return kinds;
}

emulator::Fault fault_of(Route route, emulator::FaultKind kind, std::int64_t nth) {
    emulator::Fault fault;
    fault.kind = kind;
    fault.nth = nth;
    if (kind == emulator::FaultKind::huge) fault.argument = 100'000;
    // A purchase that is confirmed and never made is nothing that anybody has reported: changes are what gets
    // ignored.
    if (kind == emulator::FaultKind::ignored)
        fault.path = route == Route::migration ? "*/migrations/newcommerce*"
                     : nth % 2 == 0            ? "*/subscriptions/*"
                                               : "*/licenseupdates";
    return fault;
}

TEST_P(FaultSchedules, KilledAtEveryWriteOfTheJournal) {
    Tally tally(GetParam());
    for (std::int64_t at = 1; at <= size().writes; ++at)
        for (const bool after : {false, true}) tally.run({{}, at, 0, after});
}

TEST_P(FaultSchedules, KilledAtEverySend) {
    Tally tally(GetParam());
    for (std::int64_t at = 1; at <= size().calls; ++at)
        for (const bool after : {false, true}) tally.run({{}, 0, at, after});
}

TEST_P(FaultSchedules, EveryFaultAtEveryCall) {
    Tally tally(GetParam());
    for (const emulator::FaultKind kind : all_kinds())
        for (std::int64_t at = 1; at <= size().calls; ++at)
            tally.run({{fault_of(GetParam(), kind, at)}, 0, 0, false});
}

TEST_P(FaultSchedules, ManyAtOnce) {
    Tally tally(GetParam());
    const std::vector<emulator::FaultKind> kinds = all_kinds();
    const FaultStage::Size all = size();
    for (std::uint32_t seed = 1; seed <= 1000; ++seed) {
        auto draw = [seed, n = std::uint32_t{0}](std::int64_t most) mutable {
            return static_cast<std::int64_t>(
                scaled_to(random_bits(7, {seed, 0, n++, 0}), static_cast<std::uint64_t>(most)));
        };
        FaultSchedule schedule;
        const std::int64_t count = 1 + draw(5);
        for (std::int64_t i = 0; i < count; ++i) {
            const emulator::FaultKind kind = kinds[static_cast<std::size_t>(draw(std::ssize(kinds)))];
            schedule.faults.push_back(fault_of(GetParam(), kind, 1 + draw(all.calls)));
            schedule.faults.back().times = 1 + draw(3);
        }
        if (draw(2) == 0) schedule.crash_at_write = 1 + draw(all.writes);
        if (draw(2) == 0) schedule.crash_at_send = 1 + draw(all.calls);
        schedule.after = draw(2) == 0;
        tally.run(schedule);
    }
}

}  // namespace
}  // namespace termwise::test
