#include "generation/generate.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "formats/csv_writer.h"
#include "formats/json_copy.h"
#include "formats/json_writer.h"
#include "generation/portfolio.h"
#include "money/currency.h"
#include "money/decimal.h"

namespace termwise {
namespace {

using nlohmann::ordered_json;

constexpr std::int64_t kSeconds = 60;  // of a minute
constexpr std::int64_t kPercent = 100;
constexpr std::int32_t kDaysOfWeek = 7;
constexpr std::int32_t kMostWorkdaysOfWeek = 5;
constexpr std::int64_t kMostMinutes = 10'000'000;  // of a capacity (M1)

/// The work that a portfolio will make, roughly, by team (M4.4): each subscription moves to its first target
/// at the end of its term, with a visit for each of a customer's ends.
class Workload {
  public:
    explicit Workload(const Profile& profile) : profile_(profile) {
        if (profile.scenario.effort) effort_ = *profile.scenario.effort;
        seconds_.resize(profile.scenario.teams.size());
        most_.resize(seconds_.size());
        once_.resize(seconds_.size());
        ends_ = {profile.scenario.horizon->start, profile.scenario.horizon->start};
    }

    void add(const DrawnCustomer& customer) {
        if (seconds_.empty()) return;
        if (!customer.is_active) add(effort_.invite);
        days_.clear();
        for (const DrawnSubscription& s : customer.subscriptions) {
            const Day end = Boundaries(s.term_start, s.sold_as.term).at(1);
            ends_.to = std::max(ends_.to, end);
            const bool is_new_day = std::ranges::find(days_, end) == days_.end();
            if (is_new_day) days_.push_back(end);
            std::fill(once_.begin(), once_.end(), 0);
            add(effort_.visit, is_new_day);
            add(effort_.provision);
            if (s.auto_renew) add(effort_.auto_renew_off);
            if (s.reassigns) reassign(s.seats);
            for (std::size_t t = 0; t < most_.size(); ++t) most_[t] = std::max(most_[t], once_[t]);
        }
    }

    /// Minutes a week so that the work fills `percent` of them in the weeks to the last end of a term; at
    /// least what one subscription asks for in a week.
    [[nodiscard]] std::int64_t minutes_a_week(const LoadTarget& load) const {
        const std::size_t t = team(load.team);
        const std::int64_t weeks = (ends_.to - ends_.from) / kDaysOfWeek + 1;
        const std::int64_t available = weeks * kSeconds * load.percent;
        const std::int64_t rest = seconds_[t] % available;  // apart, so that no product leaves 64 bits
        const std::int64_t minutes =
            seconds_[t] / available * kPercent + (rest * kPercent + available - 1) / available;
        return std::min(std::max(minutes, (most_[t] + kSeconds - 1) / kSeconds), kMostMinutes);
    }

  private:
    [[nodiscard]] std::size_t team(const std::string& id) const {
        const auto& teams = profile_.scenario.teams;
        const auto found = std::ranges::find(teams, id, &TeamDraft::id);
        return found == teams.end() ? 0 : static_cast<std::size_t>(found - teams.begin());
    }
    void add_seconds(const std::string& team_id, std::int64_t all, std::int64_t in_a_week) {
        seconds_[team(team_id)] += all;
        once_[team(team_id)] += in_a_week;
    }
    /// What there is of it already belongs to the week of the next subscription all the same.
    void add(const EffortItemDraft& item, bool counts = true) {
        const std::int64_t seconds = item.minutes * kSeconds;
        add_seconds(item.team, counts ? seconds : 0, seconds);
    }
    void reassign(std::int32_t seats) {
        const ReassignEffortDraft& item = effort_.reassign;
        const std::int64_t in_a_week =
            item.seats_per_day > 0
                ? std::min<std::int64_t>(seats, std::int64_t{kMostWorkdaysOfWeek} * item.seats_per_day)
                : seats;
        add_seconds(item.team, std::int64_t{seats} * item.seconds_per_seat,
                    in_a_week * item.seconds_per_seat);
    }

    const Profile& profile_;
    EffortDraft effort_;
    std::vector<std::int64_t> seconds_;  // by team
    std::vector<std::int64_t> most_;     // that one subscription takes in a week
    std::vector<std::int64_t> once_;     // of the subscription at hand
    std::vector<Day> days_;              // on which terms of the customer end
    Interval<Day> ends_;
};

std::string customer_id(const DrawnCustomer& customer) {
    return fmt::format("customer-{:08}", customer.number);
}
std::string customer_name(const DrawnCustomer& customer) {
    return fmt::format("Customer {}", customer.number);
}
std::string subscription_id(const DrawnCustomer& customer, std::size_t position) {
    return fmt::format("subscription-{:08}-{:03}", customer.number, position + 1);
}

/// Draws all customers.
template <class Each>
Generated for_each_customer(const Profile& profile, const GenerationRequest& request, Workload& work,
                            const Each& each) {
    const Portfolio portfolio(profile, request.seed);
    Generated generated;
    DrawnCustomer customer;
    for (std::int64_t number = 1; number <= request.customers; ++number) {
        portfolio.draw(number, customer);
        work.add(customer);
        each(customer);
        ++generated.customers;
        generated.subscriptions += static_cast<std::int64_t>(customer.subscriptions.size());
        for (const DrawnSubscription& s : customer.subscriptions) generated.seats += s.seats;
    }
    return generated;
}

/// Everything but the customers, as the profile says it; teams come last, since their capacity follows from
/// the customers.
void begin_scenario(const ordered_json& frame, const GenerationRequest& request, JsonWriter& json) {
    json.begin_object();
    json.field("format", "termwise-scenario/1");
    json.field("x-generated",
               fmt::format("termwise generate --customers {} --seed {}", request.customers, request.seed));
    for (const auto& [name, value] : frame.items()) {
        if (name == "teams") continue;
        json.key(name);
        copy_json(value, json);
    }
}

void end_scenario(const Profile& profile, const ordered_json& frame, const Workload& work, JsonWriter& json) {
    if (frame.contains("teams") && frame["teams"].is_array()) {
        ordered_json teams = frame["teams"];
        for (ordered_json& team : teams)
            for (const LoadTarget& load : profile.capacity)
                if (team["id"] == load.team)
                    team["capacity"] = {{"per", "week"}, {"minutes", work.minutes_a_week(load)}};
        json.key("teams");
        copy_json(teams, json);
    }
    json.end_object();
    json.finish();
}

class JsonPortfolio {
  public:
    JsonPortfolio(JsonWriter& json, int minor_digits) : json_(json), minor_digits_(minor_digits) {}

    void write(const DrawnCustomer& customer) {
        json_.begin_object();
        json_.field("id", std::string_view(customer_id(customer)));
        json_.field("name", std::string_view(customer_name(customer)));
        json_.field("relationship", customer.is_active ? "active" : "pending");
        if (customer.blackout.from != customer.blackout.to) {
            json_.key("blackouts").begin_list().begin_object();
            json_.field("from", std::string_view(to_text(customer.blackout.from)));
            json_.field("to", std::string_view(to_text(customer.blackout.to)));
            json_.end_object().end_list();
        }
        json_.key("subscriptions").begin_list();
        for (std::size_t i = 0; i < customer.subscriptions.size(); ++i) write(customer, i);
        json_.end_list().end_object();
    }

  private:
    void write(const DrawnCustomer& customer, std::size_t position) {
        const DrawnSubscription& s = customer.subscriptions[position];
        json_.begin_object();
        json_.field("id", std::string_view(subscription_id(customer, position)));
        json_.field("offer", std::string_view(s.offer->id)).field("seats", s.seats);
        json_.field("term", std::string_view(to_short_text(s.sold_as.term)));
        json_.field("billing", std::string_view(to_short_text(s.sold_as.billing)));
        json_.field("term_start", std::string_view(to_text(s.term_start)));
        json_.field("unit_price",
                    std::string_view(to_decimal_text(*to_money(s.unit_price, minor_digits_), minor_digits_)));
        if (s.auto_renew) json_.field("auto_renew", true);
        if (s.parent >= 0)
            json_.field("parent",
                        std::string_view(subscription_id(customer, static_cast<std::size_t>(s.parent))));
        if (s.demand_seats > 0) {
            json_.key("demand").begin_list().begin_object();
            json_.field("from", std::string_view(to_text(s.demand_from))).field("seats", s.demand_seats);
            json_.end_object().end_list();
        }
        if (!s.move_by.none()) json_.field("move_by", std::string_view(to_text(s.move_by)));
        json_.end_object();
    }

    JsonWriter& json_;
    int minor_digits_;
};

int minor_digits(const Profile& profile) {
    return minor_digits_of(*profile.scenario.currency).value();  // the sample was built with it
}

}  // namespace

Generated write_generated(const Profile& profile, const GenerationRequest& request, const TextSink& sink) {
    const ordered_json frame = ordered_json::parse(profile.scenario_json);
    JsonWriter json(JsonWriter::Layout::indented, sink);
    Workload work(profile);
    begin_scenario(frame, request, json);
    json.key("customers").begin_list();
    JsonPortfolio customers(json, minor_digits(profile));
    const Generated generated = for_each_customer(
        profile, request, work, [&](const DrawnCustomer& customer) { customers.write(customer); });
    json.end_list();
    end_scenario(profile, frame, work, json);
    return generated;
}

Generated write_generated(const Profile& profile, const GenerationRequest& request,
                          const GeneratedTables& sinks) {
    const ordered_json frame = ordered_json::parse(profile.scenario_json);
    const int digits = minor_digits(profile);
    CsvWriter customers(sinks.customers), subscriptions(sinks.subscriptions);
    customers.cell("id").cell("name").cell("relationship").cell("blackouts").end_row();
    for (const std::string_view name : {"customer", "id", "offer", "seats", "term", "billing", "term_start",
                                        "unit_price", "auto_renew", "parent", "demand", "move_by"})
        subscriptions.cell(name);
    subscriptions.end_row();
    Workload work(profile);
    const auto write = [&](const DrawnCustomer& customer) {
        const std::string id = customer_id(customer);
        const Interval<Day>& blackout = customer.blackout;
        const bool has_blackout = blackout.from != blackout.to;
        customers.cell(id).cell(customer_name(customer)).cell(customer.is_active ? "active" : "pending");
        customers.cell(has_blackout ? fmt::format("{}/{}", to_text(blackout.from), to_text(blackout.to))
                                    : "");
        customers.end_row();
        for (std::size_t i = 0; i < customer.subscriptions.size(); ++i) {
            const DrawnSubscription& s = customer.subscriptions[i];
            subscriptions.cell(id).cell(subscription_id(customer, i)).cell(s.offer->id);
            subscriptions.cell(std::to_string(s.seats)).cell(to_short_text(s.sold_as.term));
            subscriptions.cell(to_short_text(s.sold_as.billing)).cell(to_text(s.term_start));
            subscriptions.cell(to_decimal_text(*to_money(s.unit_price, digits), digits));
            subscriptions.cell(s.auto_renew ? "true" : "");
            subscriptions.cell(s.parent >= 0 ? subscription_id(customer, static_cast<std::size_t>(s.parent))
                                             : "");
            subscriptions.cell(
                s.demand_seats > 0 ? fmt::format("{}={}", to_text(s.demand_from), s.demand_seats) : "");
            subscriptions.cell(s.move_by.none() ? "" : to_text(s.move_by)).end_row();
        }
    };
    const Generated generated = for_each_customer(profile, request, work, write);
    customers.finish();
    subscriptions.finish();
    JsonWriter json(JsonWriter::Layout::indented, sinks.scenario);
    begin_scenario(frame, request, json);
    json.key("portfolio").begin_object();
    json.field("customers", kGeneratedFiles[1]).field("subscriptions", kGeneratedFiles[2]).end_object();
    end_scenario(profile, frame, work, json);
    return generated;
}

}  // namespace termwise
