#include "execution/executor.h"

#include <fmt/format.h>

#include <algorithm>

#include "execution/paced_remote.h"
#include "execution/route.h"
#include "execution/step_runner.h"

namespace termwise {
namespace {

using executing::LockedOut;
using executing::Skip;
using executing::StepRunner;
using executing::Stop;
using executing::Wait;

/// Whether the service migrates, or is to migrate, for a step; or may.
[[nodiscard]] bool is_begun_migration(const StepRecord& record) {
    return !field(record.learnt, "migration_id").empty() || !field(record.learnt, "schedule_id").empty() ||
           !record.doubts.empty();
}

/// Why the plan `next` cannot follow a migration that was begun; empty: it can. `position` is that of the
/// step `key` in it.
[[nodiscard]] std::string other_migration(const Assignment& next, std::ptrdiff_t position,
                                          std::string_view key, const StepRecord& record) {
    if (!is_begun_migration(record)) return {};
    const bool is_scheduled =
        field(record.learnt, "migration_id").empty() && !field(record.learnt, "schedule_id").empty();
    const std::string_view what = !record.doubts.empty() ? "may have been asked for"
                                  : is_scheduled         ? "is scheduled"
                                                         : "was begun";
    const std::string_view first = is_scheduled
                                       ? "; cancel it in Partner Center, and let resume see that first"
                                   : record.doubts.empty() ? ""
                                                           : "; let resume find out first";
    if (position < 0)
        return fmt::format("{}: a migration by the service {}, and the new plan has none{}", key, what,
                           first);
    // What an answer said; of one that never came, what was asked for.
    const Fields& fields = record.doubts.empty() ? record.learnt : record.doubts.begin()->second.fields;
    const auto known = [&](std::string_view name) { return std::string(field(fields, name)); };
    const Step& step = next.graph.at(static_cast<std::size_t>(position));
    const Purchase old{known("bought"), known("sold_as"), known("seats")};
    const Purchase wanted = purchase_of(next, step);
    if (old != wanted)
        return fmt::format("{}: a migration to {} {}, and the new plan wants {}{}", step.id, to_text(old),
                           what, to_text(wanted), first);
    const std::string company = company_of(next, step.subscription);
    if (const std::string before = known("with"); !before.empty() && before != company)
        return fmt::format("{}: a migration with {} {}, and the new plan wants {}{}", step.id, before, what,
                           company.empty() ? "nothing with it" : company, first);
    const std::string day = scheduled_day(*move_of(next.plan, step.subscription));
    if (const std::string before = known("scheduled_for"); is_scheduled && before != day)
        return fmt::format("{}: a migration is scheduled for {}, and the new plan wants it on {}{}", step.id,
                           before, day, first);
    return {};
}

/// A step that waits so close to the end of what it is to replace is worth a warning a day.
constexpr std::int32_t kWarnDays = 2;

}  // namespace

std::string clock_problem(const Journal& journal, Instant now) {
    if (journal.entries().empty() || now + kClockTolerance_s >= journal.entries().back().at) return {};
    return fmt::format(
        "the clock says {}, and the journal goes until {}: the clock was set back. Set it right; days and "
        "deadlines are counted by it",
        to_text(now), to_text(journal.entries().back().at));
}

Executor::Executor(Assignment assignment, Remote& remote, Journal& journal, Clock& clock, Digest digest,
                   ExecutorOptions options)
    : work_(assignment),
      remote_(remote),
      journal_(journal),
      clock_(clock),
      digest_(std::move(digest)),
      options_(std::move(options)),
      progress_(journal),
      pace_(options_.limits) {
    if (const std::string problem = clock_problem(journal, clock.now()); !problem.empty())
        throw JournalError(problem);
}

RunSummary Executor::run() {
    RunSummary summary;
    const PacedRemote paced(remote_, pace_, clock_);
    progress_.catch_up(journal_);  // people may have confirmed something meanwhile
    const Instant patient_until = clock_.now() + options_.patience_s;
    const std::span<const Step> steps = work_.graph.steps();
    std::vector<Instant> not_before(steps.size());
    for (;;) {
        bool acted = false;
        bool open = false;
        std::optional<Instant> soonest;
        const auto later = [&](Instant at) { soonest = soonest ? std::min(*soonest, at) : at; };
        for (std::size_t i = 0; i < steps.size(); ++i) {
            const Step& step = steps[i];
            if (progress_.of(step.key).finished()) continue;
            open = true;
            if (options_.stop_requested && options_.stop_requested()) return summary;
            if (progress_.stop_of(tenant_in(step.key)) != nullptr) continue;
            const std::vector<std::size_t> needed = work_.graph.needed_by(i);
            if (!std::ranges::all_of(needed,
                                     [&](std::size_t at) { return progress_.of(steps[at].key).finished(); }))
                continue;
            if (day_of(clock_.now()) < step.due) {
                later(start_of(step.due));
                continue;
            }
            StepRunner runner(work_, remote_, journal_, clock_, digest_, options_, progress_, pace_, step);
            if (step.actor == Actor::person) {
                if (progress_.of(step.key).state == StepRecord::State::open)
                    runner.note(EntryKind::waiting, {{"why", "a person does this and confirms it"}});
                continue;
            }
            if (clock_.now() < not_before[i]) {
                later(not_before[i]);
                continue;
            }
            if (options_.progress) options_.progress(step);
            acted = true;
            try {
                runner.run();
                runner.note(EntryKind::done, {});
                ++summary.done;
            } catch (const Skip& skip) {
                runner.note(EntryKind::skipped, {{"why", skip.why}});
                ++summary.done;
            } catch (const Wait& wait) {
                not_before[i] = clock_.now() + std::max<std::int64_t>(wait.seconds, 1);
                later(not_before[i]);
                if (progress_.of(step.key).why != wait.why)
                    runner.note(EntryKind::waiting, {{"why", wait.why}});
                runner.warn_of_ends(kWarnDays);
            } catch (const LockedOut& locked) {
                if (progress_.of(step.key).why != locked.why)
                    runner.note(EntryKind::waiting, {{"why", locked.why}});
                summary.locked_out = locked.why;
                return summary;
            } catch (const Stop& stop) {
                Fields fields{{"why", stop.why}, {"choices", stop.choices}};
                if (!stop.drift.empty()) fields.emplace_back("drift", stop.drift);
                runner.warn_of_ends();
                runner.note(EntryKind::stopped, std::move(fields));
            }
        }
        if (acted) continue;
        summary.finished = !open;
        summary.next = soonest;
        if (!soonest || *soonest > patient_until) return summary;
        clock_.wait_until(*soonest);
    }
}

std::vector<std::string> contradictions(const Assignment& next, const Progress& progress) {
    std::vector<std::string> found;
    for (const auto& [key, record] : progress.steps()) {
        const bool bought = !field(record.learnt, "order_id").empty();
        const bool in_doubt = record.doubts.contains("checkout");
        const std::string_view kind = std::string_view(key).substr(0, key.find('/'));
        const std::ptrdiff_t position = next.graph.find(key);
        if (kind == step_kind_name(StepKind::provision) && (bought || in_doubt)) {
            const std::string what = bought ? "was bought" : "may have been bought";
            if (position < 0) {
                found.push_back(fmt::format("{}: {} {}, and the new plan does not buy for it", key,
                                            bought ? field(record.learnt, "bought") : "a new subscription",
                                            what));
                continue;
            }
            const Step& step = next.graph.at(static_cast<std::size_t>(position));
            const auto known = [&](std::string_view name) { return std::string(field(record.learnt, name)); };
            const Purchase old =
                bought ? Purchase{known("bought"), known("sold_as"), known("seats")}
                       : Purchase{known("cart_item"), known("cart_sold_as"), known("cart_seats")};
            const Purchase wanted = purchase_of(next, step);
            if (old != wanted)
                found.push_back(fmt::format("{}: {} {}, and the new plan buys {}", step.id, to_text(old),
                                            what, to_text(wanted)));
            continue;
        }
        if (kind == step_kind_name(StepKind::migrate)) {
            if (std::string why = other_migration(next, position, key, record); !why.empty())
                found.push_back(std::move(why));
            if (is_begun_migration(record)) continue;
        }
        if (position < 0 && !record.doubts.empty()) {
            found.push_back(fmt::format(
                "{}: what became of a request is not known, and the new plan has no such step: let "
                "resume find out first",
                key));
            continue;
        }
        const bool ended =
            kind == step_kind_name(StepKind::cancel) || kind == step_kind_name(StepKind::suspend);
        if (ended && record.state == StepRecord::State::done && position < 0)
            found.push_back(
                fmt::format("{}: the old subscription was ended, and the new plan does not end it", key));
        const std::string_view off_for = field(record.learnt, "exit_on");
        if (kind == step_kind_name(StepKind::auto_renew_off) && !off_for.empty()) {
            const Move* move =
                position < 0
                    ? nullptr
                    : move_of(next.plan, next.graph.at(static_cast<std::size_t>(position)).subscription);
            const bool is_kept = move != nullptr && to_text(move->exit_on) == off_for;
            if (!is_kept)
                found.push_back(fmt::format(
                    "{}: auto-renew was switched off so that it ends on {}, and the new plan counts on "
                    "it longer, or ends it otherwise; switch it on again first, or plan that",
                    key, off_for));
        }
    }
    return found;
}

std::string confirm_step(const Assignment& assignment, Journal& journal, Instant at,
                         std::string_view step_name, const std::string& by, const std::string& note,
                         bool accept) {
    const std::ptrdiff_t position = assignment.graph.find(step_name);
    if (position < 0) return fmt::format("there is no step \"{}\"", step_name);
    const Step& step = assignment.graph.at(static_cast<std::size_t>(position));
    Progress progress(journal);
    const StepRecord& record = progress.of(step.key);
    if (std::string problem = clock_problem(journal, at); !problem.empty()) return problem;
    if (record.finished()) return fmt::format("{} is done already", step.id);
    const StopRecord* stop = progress.stop_of(tenant_in(step.key));
    Fields fields{{"by", by}, {"note", note}};
    if (stop != nullptr) {
        if (stop->step_key != step.key)
            return fmt::format("the customer is stopped at {}: settle that first", stop->step_id);
        if (accept && stop->drift.empty())
            return fmt::format("{} is not stopped for a difference to accept", step.id);
        if (accept) fields.emplace_back("accepts", stop->drift);
        journal.add(at, EntryKind::confirmed, step.key, step.id, std::move(fields));
        return {};
    }
    if (accept) return fmt::format("{} is not stopped for a difference to accept", step.id);
    if (step.actor != Actor::person)
        return fmt::format("{} is not a person's step, and its customer is not stopped", step.id);
    for (const std::size_t before : assignment.graph.needed_by(static_cast<std::size_t>(position)))
        if (!progress.of(assignment.graph.at(before).key).finished())
            return fmt::format("{} comes after {}, which is not done", step.id,
                               assignment.graph.at(before).id);
    if (day_of(at) < step.due) return fmt::format("{} is not due before {}", step.id, to_text(step.due));
    fields.emplace_back("step", "done");
    journal.add(at, EntryKind::confirmed, step.key, step.id, std::move(fields));
    return {};
}

}  // namespace termwise
