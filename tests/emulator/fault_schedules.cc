#include "emulator/fault_schedules.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <stdexcept>

#include "emulator/options.h"
#include "emulator/world.h"
#include "formats/scenario_reader.h"
#include "formats/sha256.h"
#include "planning/strategies.h"

namespace termwise::test {
namespace {

[[nodiscard]] std::string sha256(std::string_view text) {
    Sha256 digest;
    digest.add(text);
    return digest.hex();
}

[[nodiscard]] Scenario make_scenario(FaultStage::Route route) {
    Diagnostics diagnostics;
    // A pending customer with a base and an add-on whose old licences differ from the new ones; one whose old
    // programme has no API; one that cancels; all within two months, so that a rehearsal is short. Or the
    // partner's own, a base with its add-on and another.
    std::optional<Scenario> scenario = read_scenario(
        route == FaultStage::Route::purchase ? TERMWISE_SOURCE_DIR "/tests/emulator/portfolio.json"
                                             : TERMWISE_SOURCE_DIR "/tests/emulator/migrated.json",
        diagnostics);
    if (!scenario) throw std::runtime_error(to_text(diagnostics.all().front()));
    return std::move(*scenario);
}

[[nodiscard]] Plan make_plan(const Scenario& scenario) {
    Plan plan = plan_by(scenario, Strategy::wait).plan;
    for (Move& move : plan.moves) {
        if (scenario.id(move.subscription) != "cedar-e3") continue;
        move.action = Action::migrate;
        move.exit = Exit::cancel;
        move.target = scenario.find_offer("e3");
        move.sold_as = {*parse_period("P1Y"), *parse_period("P1M")};
        move.provision_on = to_day({2026, 1, 13});
        move.reassign_on = to_day({2026, 1, 14});
        move.exit_on = to_day({2026, 1, 20});
        move.auto_renew_off_on = {};
    }
    return plan;
}

/// Some users do not have all services of their old licence: one that the new licence has as well, and one
/// that it has not. That they stay off is one of the emulator's own rules.
void switch_services_off(const Scenario& scenario, emulator::Emulator& world) {
    for (const char* id : {"alder-e3", "cedar-e3"}) {
        const Subscription& s = scenario.at(scenario.find_subscription(id));
        const std::string& sku = world.binding().offers.at(scenario.at(s.offer).id).licence_sku;
        const std::uint64_t seed = world.options().seed;
        world.assign_by_person(
            world.binding().customers.at(std::string(scenario.id(s.customer))),
            world.binding().subscriptions.at(id).users.back(), sku, true,
            {emulator::guid_of(seed, "plan", "shared"), emulator::guid_of(seed, "plan", sku + "/1")});
    }
}

/// elm's on a day in the middle of the term, fir's as its term ends.
[[nodiscard]] Plan make_migrated_plan(const Scenario& scenario) {
    Plan plan = plan_by(scenario, Strategy::wait).plan;
    for (Move& move : plan.moves) {
        if (!scenario.id(move.subscription).starts_with("elm-")) continue;
        move.exit = Exit::cancel;
        move.provision_on = move.exit_on = to_day({2026, 1, 20});
        move.auto_renew_off_on = {};
    }
    return plan;
}

[[nodiscard]] emulator::Options options_for(FaultStage::Route route) {
    emulator::Options options;
    if (route == FaultStage::Route::migration) options.migrated = {"elm-e3", "elm-phone", "fir-e1"};
    return options;
}

/// A journal whose process is killed at one of its writes.
class CrashingJournal final : public Journal {
  public:
    CrashingJournal(std::int64_t crash_at, bool after)
        : Journal(sha256), crash_at_(crash_at), after_(after) {}
    [[nodiscard]] const std::vector<JournalEntry>& entries() const override { return entries_; }
    [[nodiscard]] std::string problem() const { return problem_with_chain(entries_); }

  protected:
    void append(JournalEntry entry) override {
        const bool crashes = static_cast<std::int64_t>(entries_.size()) + 1 == crash_at_;
        if (crashes && !after_) {
            crash_at_ = 0;
            throw Crash();
        }
        entries_.push_back(std::move(entry));
        if (!crashes) return;
        crash_at_ = 0;
        throw Crash();
    }

  private:
    std::vector<JournalEntry> entries_;
    std::int64_t crash_at_;
    bool after_;
};

/// A wire whose process is killed at one of its sends.
class CrashingTransport final : public Transport {
  public:
    CrashingTransport(emulator::Emulator& world, std::int64_t crash_at, bool after)
        : world_(world), crash_at_(crash_at), after_(after) {}
    [[nodiscard]] HttpOutcome send(const HttpRequest& request) override {
        const bool crashes = ++sends_ == crash_at_;
        if (crashes && !after_) throw Crash();
        HttpOutcome outcome = world_.handle(request);
        if (crashes) throw Crash();
        return outcome;
    }

  private:
    emulator::Emulator& world_;
    std::int64_t sends_ = 0;
    std::int64_t crash_at_;
    bool after_;
};

/// Whether a person's second look cannot mend what the fault did: the customer then stays stopped, which is
/// right.
[[nodiscard]] bool stays_broken(emulator::FaultKind kind) {
    using enum emulator::FaultKind;
    // What is taken back at a term's end has renewed by then.
    if (kind == migration_reverts) return true;
    return kind == relationship_gone || kind == provisioning_failed || kind == order_status ||
           kind == no_subscription_id || kind == lost_update;
}

struct Verdict {
    std::string text;
    void add(std::string problem) { text += (text.empty() ? "" : "; ") + std::move(problem); }
};

void judge(const Scenario& scenario, const Plan& plan, const emulator::Emulator& world,
           const CrashingJournal& journal, bool finished, bool may_stay_stopped, bool was_killed,
           bool has_many_faults, bool others_add_seats, Verdict& verdict) {
    if (const std::string problem = journal.problem(); !problem.empty()) verdict.add(problem);
    for (const std::string& violation : world.violations()) {
        // A process that is killed before it wrote down an answer has never heard it.
        if (was_killed && violation.ends_with("an MS-RequestId that was answered before")) continue;
        // Seats that another actor added are no purchase of ours.
        if (others_add_seats &&
            violation.find("no subscription of the scenario is left that asks for it") != std::string::npos)
            continue;
        // A refusal that another fault hid was no refusal to whoever asked.
        if (has_many_faults && violation.ends_with("a token that was refused before")) continue;
        verdict.add(violation);
    }

    // Nothing is bought twice: one new subscription for each that moves, at most.
    std::map<std::pair<std::string, std::string>, int> bought;
    for (const emulator::LifeLine& life : world.ledgers().lives)
        if (life.is_new) ++bought[{life.customer, life.offer}];
    std::map<std::pair<std::string, std::string>, int> planned;
    for (const Move& move : plan.moves)
        if (move.action == Action::migrate)
            ++planned[{world.binding().customers.at(
                           std::string(scenario.id(scenario.at(move.subscription).customer))),
                       scenario.at(move.target).id}];
    for (const auto& [what, count] : bought)
        if (count > planned[what]) verdict.add(fmt::format("{} was bought {} times", what.second, count));
    if (finished && bought.size() != planned.size()) verdict.add("finished, and not everything was bought");

    // Nothing is ended before its hand-over was verified.
    std::set<std::string> verified;
    for (const JournalEntry& entry : journal.entries()) {
        const std::string rest = entry.step.substr(std::min(entry.step.size(), entry.step.find('/')));
        if (entry.kind == EntryKind::done && entry.step.starts_with("verify/")) verified.insert(rest);
        if (entry.kind == EntryKind::confirmed && entry.step.starts_with("verify/")) verified.insert(rest);
        const std::string_view operation = field(entry.fields, "operation");
        if (entry.kind == EntryKind::intent && (operation == "cancel" || operation == "suspend") &&
            !verified.contains(rest))
            verdict.add(fmt::format("{} before its hand-over was verified", entry.step_id));
    }

    // Nobody is without service, but where an old subscription ended by itself and that was warned of before.
    for (const emulator::AccessGap& gap : world.ledgers().gaps) {
        const bool warned = std::ranges::any_of(journal.entries(), [&](const JournalEntry& entry) {
            return entry.kind == EntryKind::warned && entry.at <= gap.from &&
                   field(entry.fields, "why").find(gap.subscription) != std::string_view::npos;
        });
        if (!warned)
            verdict.add(fmt::format("{} of {} has no service from {} and nobody was warned", gap.user,
                                    gap.subscription, to_text(gap.from)));
    }
    if (finished || may_stay_stopped) return;
    std::string why = "not finished";
    const Progress progress(journal);
    for (const auto& [customer, tenant] : world.binding().customers)
        if (const StopRecord* stop = progress.stop_of(tenant))
            why += fmt::format(", {}: {}", stop->step_id, stop->why);
    for (const auto& [key, record] : progress.steps())
        if (record.state == StepRecord::State::waiting) why += fmt::format(", {} waits: {}", key, record.why);
    verdict.add(why);
}

}  // namespace

std::string FaultSchedule::text() const {
    std::string text;
    for (const emulator::Fault& fault : faults) text += emulator::to_text(fault) + " ";
    if (crash_at_write > 0)
        text += fmt::format("killed {} write {} ", after ? "after" : "before", crash_at_write);
    if (crash_at_send > 0)
        text += fmt::format("killed {} send {} ", after ? "after" : "before", crash_at_send);
    return text;
}

FaultStage::FaultStage(Route route)
    : scenario_(make_scenario(route)),
      plan_(route == Route::purchase ? make_plan(scenario_) : make_migrated_plan(scenario_)),
      options_(options_for(route)) {
    emulator::Emulator world(scenario_, options_);
    if (options_.migrated.empty()) switch_services_off(scenario_, world);
    MemoryJournal journal(sha256);
    emulator::RehearsalOptions options;
    const emulator::RehearsalResult result = rehearse(scenario_, plan_, world, journal, sha256, options);
    if (!result.finished) throw std::runtime_error("the plan does not come to its end without faults");
    size_.calls = static_cast<std::int64_t>(world.ledgers().calls.size());
    size_.writes = static_cast<std::int64_t>(journal.entries().size());
}

std::string FaultStage::run(const FaultSchedule& schedule) const {
    emulator::Emulator world(scenario_, options_);
    if (options_.migrated.empty()) switch_services_off(scenario_, world);
    for (const emulator::Fault& fault : schedule.faults) world.inject(fault);
    CrashingJournal journal(schedule.crash_at_write, schedule.after);
    CrashingTransport transport(world, schedule.crash_at_send, schedule.after);
    emulator::RehearsalOptions options;
    options.transport = &transport;

    Verdict verdict;
    bool may_stay_stopped =
        std::ranges::any_of(schedule.faults, [](const emulator::Fault& f) { return stays_broken(f.kind); });
    bool finished = false;
    const StepGraph graph = build_steps(scenario_, plan_, world.binding());
    const Assignment work{scenario_, plan_, world.binding(), graph};
    // A person looks at what stopped on the day it stops, and lets it be tried again, a few times.
    constexpr int kMostLooks = 5;
    std::map<std::string, int> looks;
    options.settle = [&] {
        bool settled = false;
        const Progress progress(journal);
        for (const auto& [customer, tenant] : world.binding().customers) {
            const StopRecord* stop = progress.stop_of(tenant);
            if (stop == nullptr || ++looks[stop->step_key] > kMostLooks) continue;
            world.clear_faults();
            const std::string wrong = confirm_step(work, journal, world.now(), stop->step_key, "person",
                                                   "looked at it", !stop->drift.empty());
            settled = settled || wrong.empty();
        }
        return settled;
    };
    // A person signs in again when nobody is let in: nobody may be stopped for that.
    int sign_ins = 0;
    options.let_in = [&](const std::string&) {
        world.clear_faults();
        return ++sign_ins <= kMostLooks;
    };
    constexpr int kMostCrashes = 4;
    for (int crashes = 0; crashes <= kMostCrashes; ++crashes) {
        try {
            finished = rehearse(scenario_, plan_, world, journal, sha256, options).finished;
            break;
        } catch (const Crash&) {
            continue;  // resume
        }
    }
    const bool others_add_seats = std::ranges::any_of(
        schedule.faults, [](const emulator::Fault& f) { return f.kind == emulator::FaultKind::lost_update; });
    const bool was_killed = schedule.crash_at_write > 0 || schedule.crash_at_send > 0;
    judge(scenario_, plan_, world, journal, finished, may_stay_stopped, was_killed,
          schedule.faults.size() > 1, others_add_seats, verdict);
    if (verdict.text.empty()) return {};
    return fmt::format("{}: {}", schedule.text(), verdict.text);
}

}  // namespace termwise::test
