#include "emulator/rehearsal.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/guid.h"
#include "emulator/in_process.h"
#include "emulator/seat_keeper.h"

namespace termwise::emulator {
namespace {

constexpr const char* kPerson = "rehearsal";

/// The emulator's clock as the executor's: waiting turns it, and people act on the way.
class EmulatedClock final : public Clock {
  public:
    EmulatedClock(Emulator& emulator, SeatKeeper& seats, const Journal& journal)
        : emulator_(emulator), seats_(seats), journal_(journal), progress_(journal) {}
    [[nodiscard]] Instant now() override { return emulator_.now(); }
    void wait_until(Instant until) override {
        progress_.catch_up(journal_);
        seats_.advance_to(until, progress_);
    }
    void adopt(Instant) override {}

  private:
    Emulator& emulator_;
    SeatKeeper& seats_;
    const Journal& journal_;
    Progress progress_;
};

/// What the plan's people do, each thing on the day on which it is planned.
class People {
  public:
    People(const Assignment& work, Emulator& emulator, Journal& journal)
        : work_(work), emulator_(emulator), journal_(journal), progress_(journal) {}

    /// Does what can be done now. Whether there was anything.
    bool act() {
        bool acted = false;
        progress_.catch_up(journal_);
        for (const Step& step : work_.graph.steps()) {
            if (progress_.of(step.key).finished()) continue;
            if (step.kind == StepKind::await_acceptance) acted = accept(step) || acted;
            if (step.actor == Actor::person) acted = confirm(step) || acted;
        }
        return acted;
    }

    /// When the next of them acts who cannot act yet; none: nobody.
    [[nodiscard]] std::optional<Instant> next() const {
        std::optional<Instant> next;
        for (const Step& step : work_.graph.steps()) {
            if (progress_.of(step.key).finished()) continue;
            Instant at = start_of(step.due);
            if (step.kind == StepKind::await_acceptance)
                at = accepts_at(step);
            else if (step.actor != Actor::person)
                continue;
            if (at > emulator_.now() && (!next || at < *next)) next = at;
        }
        return next;
    }

  private:
    [[nodiscard]] Instant accepts_at(const Step& step) const {
        return start_of(step.due + work_.scenario.at(step.customer).plan_days);
    }

    bool accept(const Step& step) {
        const std::string& tenant = work_.binding.customers.at(std::string(work_.scenario.id(step.customer)));
        const std::string sent = fmt::format("{}/{}", step_kind_name(StepKind::send_invitation), tenant);
        if (!progress_.of(sent).finished() || emulator_.now() < accepts_at(step) ||
            accepted_.contains(tenant))
            return false;
        accepted_.insert(tenant);
        emulator_.accept_invitation(tenant);
        emulator_.sign_agreement(tenant);
        return true;
    }

    bool confirm(const Step& step) {
        if (!confirm_step(work_, journal_, emulator_.now(), step.id, kPerson, "done as planned", false)
                 .empty())
            return false;
        if (step.subscription.none()) return true;
        const auto bound =
            work_.binding.subscriptions.find(std::string(work_.scenario.id(step.subscription)));
        if (bound == work_.binding.subscriptions.end() || bound->second.live_id.empty()) return true;
        const Move* move = move_of(work_.plan, step.subscription);
        if (step.kind == StepKind::cancel)
            emulator_.end_by_person(bound->second.live_id,
                                    std::max(emulator_.now(), start_of(move->exit_on)));
        if (step.kind == StepKind::auto_renew_off)
            emulator_.set_auto_renew_by_other(bound->second.live_id, false);
        return true;
    }

    const Assignment& work_;
    Emulator& emulator_;
    Journal& journal_;
    Progress progress_;
    std::set<std::string> accepted_;
};

}  // namespace

Options rehearsal_options(const Scenario& scenario, const Binding& approved) {
    Options options;
    std::set<std::string> targets;
    for (const Transition& transition : scenario.transitions)
        targets.insert(scenario.programme_of(transition.to).id);
    for (const OfferIndex target : scenario.targets) targets.insert(scenario.programme_of(target).id);
    for (const auto& [programme, channel] : approved.programmes)
        if (!targets.contains(programme)) options.channels.emplace(programme, channel);
    for (const auto& [id, bound] : approved.subscriptions)
        if (bound.route == MoveRoute::migration) options.migrated.insert(id);
    return options;
}

RehearsalResult rehearse(const Scenario& scenario, const Plan& plan, Emulator& emulator, Journal& journal,
                         const Digest& digest, const RehearsalOptions& options) {
    const StepGraph graph = build_steps(scenario, plan, emulator.binding());
    const Assignment work{scenario, plan, emulator.binding(), graph};
    // Rehearsals that go on where others broke off must not take their ids again.
    const std::size_t begun = emulator.ledgers().calls.size();
    std::uint64_t guids = 0;
    InProcessCenter client(
        emulator, [&] { return guid_from(digest(fmt::format("read {} {}", begun, guids++))); },
        options.transport);
    SeatKeeper seats(work, emulator);
    EmulatedClock clock(emulator, seats, journal);
    Executor executor(work, client.center(), journal, clock, digest, options.executor);
    People people(work, emulator, journal);

    RehearsalResult result;
    for (;;) {
        const RunSummary run = executor.run();
        result.finished = run.finished;
        result.ended = emulator.now();
        result.locked_out = run.locked_out;
        if (!run.locked_out.empty()) {
            if (options.let_in && options.let_in(run.locked_out)) continue;
            return result;
        }
        if (run.finished && options.to_horizon) clock.wait_until(start_of(scenario.h1()));
        if (run.finished || (options.executor.stop_requested && options.executor.stop_requested()))
            return result;
        if (options.settle && options.settle()) continue;
        if (people.act()) continue;
        std::optional<Instant> next = run.next;
        if (const std::optional<Instant> other = people.next(); other && (!next || *other < *next))
            next = other;
        if (!next || (!options.until.none() && day_of(*next) > options.until)) return result;
        clock.wait_until(*next);
    }
}

}  // namespace termwise::emulator
