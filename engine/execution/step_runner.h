// Runs single steps; what the parts of the executor (executor.h) share, and nobody else includes.
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "execution/executor.h"
#include "execution/purchase.h"

namespace termwise::executing {

/// The step cannot go on now; try again in `seconds`.
struct Wait {
    std::int64_t seconds = 0;
    std::string why;
};

/// The step's customer is stopped until a person has decided.
struct Stop {
    std::string why;
    std::string choices;
    std::string drift = {};  ///< one line that names the difference; empty: it is about something else
};

/// No call is let in any more: the run is over, and no customer is to blame.
struct LockedOut {
    std::string why;
};

/// The step need not be done.
struct Skip {
    std::string why;
};

class StepRunner {
  public:
    StepRunner(Assignment work, Remote& remote, Journal& journal, Clock& clock, const Digest& digest,
               const ExecutorOptions& options, Progress& progress, Pace& pace, const Step& step)
        : work_(work),
          remote_(remote),
          journal_(journal),
          clock_(clock),
          digest_(digest),
          options_(options),
          progress_(progress),
          pace_(pace),
          step_(step),
          tenant_(tenant_in(step.key)) {}

    /// Returns when the step is done; throws Wait, Stop, Skip or LockedOut.
    void run();

    void note(EntryKind kind, Fields fields) {
        journal_.add(clock_.now(), kind, step_.key, step_.id, std::move(fields));
        progress_.catch_up(journal_);
    }
    /// Says which subscriptions will end by themselves while their customer is stopped; or, of one that only
    /// waits, within `days`, once a day.
    void warn_of_ends(std::int32_t days = 100'000);

  private:
    friend class Reassignment;

    void run_invitation_link();
    void run_await_acceptance();
    void run_agreement();
    void run_provision();
    void run_eligibility();
    void run_migrate();
    void run_await_active();
    void run_reassign();
    void run_verify();
    void run_auto_renew_off();
    void run_suspend();
    void run_cancel();
    void run_check_end();
    /// Users who need the new licence and do not have it; those who have left are not among them.
    [[nodiscard]] std::vector<std::string> users_without_licence();
    void check_nobody_needs_it();
    [[nodiscard]] bool is_ended(const LiveSubscription& s) const;
    void run_final_check();

    // Purchases.
    [[nodiscard]] std::string tag() const;
    [[nodiscard]] Purchase wanted() const { return purchase_of(work_, step_); }
    [[nodiscard]] std::optional<Fields> find_bought();
    [[nodiscard]] Fields bought_fields(const std::string& order_id, const std::string& subscription_id,
                                       std::string item = {}, std::string seats = {}) const;
    [[nodiscard]] bool cart_is_of_this_plan() const;
    void leave_other_cart();
    void check_bought();
    [[nodiscard]] std::string make_cart();
    [[nodiscard]] bool check_out(const std::string& cart);
    void forget_cart();

    // Migrations by the service (run_migration.cc).
    [[nodiscard]] bool by_service() const;
    [[nodiscard]] std::string reference() const;
    [[nodiscard]] std::optional<Instant> migrated_at() const;
    [[nodiscard]] MigrationRequest migration_request() const;
    void check_what_migrates();
    void check_before_migration();
    void check_migrated_is_wanted();
    void check_made_as_planned(const LiveSubscription& live);
    [[nodiscard]] std::optional<Fields> find_migration();
    [[nodiscard]] std::optional<Fields> find_schedule();
    [[nodiscard]] std::optional<std::string> find_migrated();
    void begin_migration();
    void send_schedule();
    void send_migration();
    void follow_schedule();
    void follow_migration();
    [[noreturn]] void refuse_migration(std::string_view operation, const ReplyNote& reply);
    [[nodiscard]] Fields with_company(Fields fields) const;
    [[nodiscard]] std::string given_up_with(const std::string& id) const;
    /// Stops, and goes on only when a person has looked, whatever becomes of the process in between. `also`
    /// is learnt in the same moment.
    [[noreturn]] void hold_for_person(Fields also, std::string why, std::string choices);

    // The old subscription.
    void check_drift(const LiveSubscription& live);
    [[nodiscard]] LiveSubscription read_old();
    void change_old(SubscriptionChange change, const std::function<bool(const LiveSubscription&)>& is_done);

    /// Whether `hand_over` on that day is late for what the plan promised; the reason, or empty.
    [[nodiscard]] std::string too_late_to_hand_over(Day hand_over) const;
    [[nodiscard]] Day hand_over_if_bought_on(Day day) const;
    void check_not_too_late();

    [[nodiscard]] Day today() { return day_of(clock_.now()); }
    [[nodiscard]] const Subscription& subscription() const { return work_.scenario.at(step_.subscription); }
    [[nodiscard]] const Move& move() const;
    [[nodiscard]] const StepRecord& record() const { return progress_.of(step_.key); }
    [[nodiscard]] const SubscriptionBinding& bound() const;
    [[nodiscard]] const std::string& licence_of(OfferIndex offer) const {
        return work_.binding.offers.at(work_.scenario.at(offer).id).licence_sku;
    }
    /// The record of another step of the same subscription.
    [[nodiscard]] const StepRecord& record_of(StepKind kind) const;
    [[nodiscard]] std::string new_guid(std::string_view purpose) const;
    [[nodiscard]] std::uint64_t seed() const;

    /// Before a call: whether it may be made now, or soon. Its requests are counted as they leave (executor).
    void keep_pace() {
        if (options_.stop_requested && options_.stop_requested()) throw Wait{1, "the run was ended"};
        const Instant next = pace_.next(tenant_, clock_.now());
        if (next - clock_.now() > options_.patience_s)
            throw Wait{next - clock_.now(), "the service asks to be left alone for a while"};
        if (next > clock_.now()) clock_.wait_until(next);
    }
    void heard(const ReplyNote& reply) {
        // An error page has the time of whoever made it.
        if (reply.ok() && reply.server_time) clock_.adopt(*reply.server_time);
    }
    void back_off(int attempt) { clock_.wait_until(clock_.now() + backoff_s(attempt, seed())); }
    /// A refusal for coming too often: nobody calls before the time that the service named, and longer each
    /// time.
    void hold(const ReplyNote& reply, int attempt) {
        const std::int64_t asked = reply.retry_after_s.value_or(0);
        pace_.hold_until(clock_.now() + std::max(asked + (attempt > 1 ? backoff_s(attempt - 1, seed()) : 0),
                                                 backoff_s(attempt, seed())));
    }

    /// A call that only reads, tried until it is answered. Its reply is ok, absent, re_resolve, human or
    /// permanent.
    template <class Call>
    auto ask(std::string_view what, Call call) -> decltype(call()) {
        for (int attempt = 1;; ++attempt) {
            keep_pace();
            auto reply = call();
            heard(reply);
            switch (reply.reply_class) {
                case ReplyClass::ok:
                case ReplyClass::absent:
                case ReplyClass::re_resolve:
                case ReplyClass::human:
                case ReplyClass::permanent:
                    return reply;
                case ReplyClass::locked_out:
                    throw LockedOut{reply.text};
                case ReplyClass::not_ready:
                    throw Wait{300, fmt::format("{}: not ready yet", what)};
                case ReplyClass::throttled:
                    hold(reply, attempt);
                    break;
                case ReplyClass::no_answer:
                case ReplyClass::not_sent:
                case ReplyClass::transient:
                case ReplyClass::stale:
                    back_off(attempt);
                    break;
            }
            if (attempt >= options_.attempts) throw Wait{900, fmt::format("{}: {}", what, told(reply))};
        }
    }

    /// The value of a reply that must be ok; else the customer is stopped.
    template <class T>
    T must(std::string_view what, Reply<T> reply) {
        if (reply.ok()) return std::move(reply.value);
        refuse(what, reply);
    }
    [[noreturn]] void refuse(std::string_view what, const ReplyNote& reply);
    [[nodiscard]] static std::string told(const ReplyNote& reply);

    /// A call that changes something: its intent is in the journal before it leaves, its answer after. Where
    /// nobody knows what became of one, now or in an earlier run, `read_back` looks first: what it finds is
    /// the answer; where it finds nothing the call is made (again). `learnt` says what later steps need of a
    /// reply. The reply is ok, absent, re_resolve, human or permanent.
    template <class Call, class Learnt>
    auto change(const std::string& operation, const Fields& about, Call call, Learnt learnt,
                const std::function<std::optional<Fields>()>& read_back)
        -> decltype(call(std::declval<const CallId&>())) {
        using R = decltype(call(std::declval<const CallId&>()));
        for (int attempt = 1;; ++attempt) {
            CallId id{new_guid("request"), new_guid("correlation"), new_guid("second")};
            if (const auto doubt = record().doubts.find(operation); doubt != record().doubts.end()) {
                const Doubt in_doubt = doubt->second;
                if (const std::optional<Fields> found = read_back()) {
                    Fields fields{{"operation", operation}, {"class", "found"}};
                    fields.insert(fields.end(), found->begin(), found->end());
                    note(EntryKind::answer, std::move(fields));
                    return R{};
                }
                // No answer ever came, so the same id: whoever got the first one knows the second
                // (reference 2.2).
                // Of another body's call the answer would be another's.
                const bool is_same = std::ranges::all_of(about, [&](const auto& entry) {
                    return field(in_doubt.fields, entry.first) == entry.second;
                });
                if (!in_doubt.was_answered && is_same) id.request_id = in_doubt.request_id;
            }
            Fields intent{{"operation", operation},
                          {"request_id", id.request_id},
                          {"correlation_id", id.correlation_id},
                          {"second_correlation_id", id.second_correlation_id}};
            intent.insert(intent.end(), about.begin(), about.end());
            keep_pace();
            note(EntryKind::intent, std::move(intent));
            R reply = call(id);
            heard(reply);
            if (reply.reply_class == ReplyClass::no_answer || reply.reply_class == ReplyClass::not_sent) {
                if (attempt >= options_.attempts)
                    throw Wait{900, fmt::format("{}: {}", operation, told(reply))};
                back_off(attempt);
                continue;
            }
            Fields answer{{"operation", operation},
                          {"class", std::string(reply_class_name(reply.reply_class))},
                          {"http_status", std::to_string(reply.http_status)}};
            if (!reply.code.empty()) answer.emplace_back("code", reply.code);
            if (!reply.ok()) answer.emplace_back("text", reply.text);
            if (reply.ok())
                for (auto& entry : learnt(reply.value)) answer.push_back(std::move(entry));
            note(EntryKind::answer, std::move(answer));
            switch (reply.reply_class) {
                case ReplyClass::locked_out:
                    throw LockedOut{reply.text};
                case ReplyClass::not_ready:
                    throw Wait{120, fmt::format("{}: {}", operation, told(reply))};
                case ReplyClass::throttled:
                    hold(reply, attempt);
                    break;
                case ReplyClass::transient:
                case ReplyClass::stale:
                    back_off(attempt);
                    break;
                default:
                    return reply;
            }
            if (attempt >= options_.attempts) throw Wait{900, fmt::format("{}: {}", operation, told(reply))};
        }
    }

    Assignment work_;
    Remote& remote_;
    Journal& journal_;
    Clock& clock_;
    const Digest& digest_;
    const ExecutorOptions& options_;
    Progress& progress_;
    Pace& pace_;
    const Step& step_;
    std::string tenant_;
};

}  // namespace termwise::executing
