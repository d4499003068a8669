#include "generation/generate.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "calendar/iso_week.h"
#include "formats/csv_writer.h"
#include "formats/json_copy.h"
#include "formats/json_writer.h"
#include "generation/portfolio.h"
#include "generation/workload.h"
#include "money/currency.h"
#include "money/decimal.h"

namespace termwise {
namespace {

using nlohmann::ordered_json;

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

/// Weeks in which the team does not work are exceptions (M1.8).
ordered_json capacity_json(const TimeOfTeam& time, const HorizonDraft& horizon) {
    ordered_json capacity = {{"per", "week"}, {"minutes", time.minutes}};
    const std::int32_t first = week_number(horizon.start), last = week_number(horizon.end - 1);
    for (std::int32_t week = first + 1; week <= last; ++week)
        if (!Workload::works_in(week - first, time))
            capacity["exceptions"].push_back({{"on", to_text(monday_of(week))}, {"minutes", 0}});
    return capacity;
}

void end_scenario(const Profile& profile, const ordered_json& frame, const Workload& work, JsonWriter& json) {
    if (frame.contains("teams") && frame["teams"].is_array()) {
        ordered_json teams = frame["teams"];
        for (ordered_json& team : teams)
            for (const LoadTarget& load : profile.capacity)
                if (team["id"] == load.team)
                    team["capacity"] = capacity_json(work.time_of(load), *profile.scenario.horizon);
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
