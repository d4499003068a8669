#include "formats/execution_exports.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "calendar/iso_week.h"
#include "execution/instructions.h"
#include "formats/ics_writer.h"
#include "plan/days.h"

namespace termwise {
namespace {

/// The steps by day, in their order within a day.
[[nodiscard]] std::vector<std::size_t> by_day(const StepGraph& graph) {
    std::vector<std::size_t> order(graph.steps().size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, {}, [&](std::size_t i) { return graph.at(i).due; });
    return order;
}

/// Text that Markdown takes as text, in a table's cell.
[[nodiscard]] std::string markdown(std::string_view text) {
    std::string result;
    for (const char c : text) {
        if (std::string_view("\\`*_{}[]<>#|!&").find(c) != std::string_view::npos) result += '\\';
        result += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
    }
    return result;
}

[[nodiscard]] std::string_view actor_name(const Step& step) {
    return step.actor == Actor::person ? "person" : "api";
}

[[nodiscard]] std::string upload_day(Day day) {
    const CivilDate date = to_civil(day);
    return fmt::format("{:02}/{:02}/{:04} 00:00:00", date.month, date.day, date.year);
}

[[nodiscard]] std::string_view upload_billing(Period billing) {
    return billing.months == 1 ? "Monthly" : billing.months == 12 ? "Annual" : "Triennial";
}

}  // namespace

void write_runbook(const Assignment& work, const TextSink& sink) {
    const Scenario& scenario = work.scenario;
    std::string text = fmt::format(
        "# Runbook: {}\n\n", markdown(scenario.name.empty() ? "scenario without a name" : scenario.name));
    text +=
        "A section a week. A step is done on its day or after, when all before it of the same subscription "
        "are done; what "
        "ends an old subscription comes last, and never before its users have moved.\n\n"
        "- Partner Center: <https://partner.microsoft.com/dashboard>\n"
        "- Microsoft 365 admin centre (licences): <https://admin.microsoft.com>\n";
    std::string week;
    for (const std::size_t i : by_day(work.graph)) {
        const Step& step = work.graph.at(i);
        if (const std::string own = week_text(week_number(step.due)); own != week) {
            week = own;
            text += fmt::format(
                "\n## {}\n\n| day | customer | who | what | how to take it back |\n| --- | --- | --- | --- | "
                "--- |\n",
                week);
        }
        text += fmt::format("| {} | {} | {} | {} | {} |\n", to_text(step.due),
                            markdown(scenario.id(step.customer)), actor_name(step),
                            markdown(instruction_text(work, step)), rollback_text(step.kind));
        sink(text);
        text.clear();
    }
    sink(
        "\n## What decides when a customer is done\n\nThe chain of steps that ends last: a day lost in it is "
        "a day lost.\n\n");
    for (const Step& last : work.graph.steps()) {
        if (last.kind != StepKind::final_check) continue;
        std::string chain;
        for (const std::size_t i : work.graph.critical_path(last.customer)) {
            const Step& step = work.graph.at(i);
            chain += fmt::format("{}{} {}", chain.empty() ? "" : ", ", to_text(step.due),
                                 step_kind_name(step.kind));
            if (!step.subscription.none())
                chain += fmt::format(" {}", markdown(work.scenario.id(step.subscription)));
        }
        sink(fmt::format("- {}: {}\n", markdown(work.scenario.id(last.customer)), chain));
    }
}

void write_tasks(const Assignment& work, const TextSink& sink, CsvDialect dialect) {
    CsvWriter out(sink, dialect);
    for (const char* column :
         {"step", "due", "customer", "subscription", "actor", "what", "needs", "rollback"})
        out.cell(column);
    out.end_row();
    for (const std::size_t i : by_day(work.graph)) {
        const Step& step = work.graph.at(i);
        std::string needs;
        for (const std::size_t before : work.graph.needed_by(i))
            needs += (needs.empty() ? "" : ";") + work.graph.at(before).id;
        out.cell(step.id).cell(to_text(step.due)).cell(work.scenario.id(step.customer));
        out.cell(step.subscription.none() ? std::string_view() : work.scenario.id(step.subscription));
        out.cell(actor_name(step))
            .cell(instruction_text(work, step))
            .cell(needs)
            .cell(rollback_text(step.kind));
        out.end_row();
    }
    out.finish();
}

void write_step_calendar(const Assignment& work, const TextSink& sink) {
    IcsWriter out(work.scenario.name.empty() ? "termwise" : work.scenario.name, work.scenario.h0(), sink);
    for (const std::size_t i : by_day(work.graph)) {
        const Step& step = work.graph.at(i);
        const std::string_view rollback = rollback_text(step.kind);
        out.event({step.key + "@termwise", step.due, step.id,
                   instruction_text(work, step) +
                       (rollback.empty() ? "" : fmt::format("\nHow to take it back: {}", rollback))});
    }
    out.finish();
}

std::vector<std::string> upload_files(const Assignment& work) {
    const Scenario& scenario = work.scenario;
    const Binding& binding = work.binding;
    std::vector<std::vector<const Move*>> groups;  // a customer's each
    for (const Move& move : work.plan.moves) {
        const Subscription& s = scenario.at(move.subscription);
        if (move.action != Action::migrate || channel_of(scenario, binding, s.offer) != Channel::legacy_csp)
            continue;
        if (groups.empty() || scenario.at(groups.back().front()->subscription).customer != s.customer)
            groups.emplace_back();
        groups.back().push_back(&move);
    }
    std::vector<std::string> files;
    std::size_t rows = 0;
    const auto row = [&](CsvWriter& out, const Move& move) {
        const Subscription& s = scenario.at(move.subscription);
        const auto live = [&](SubscriptionIndex i) {
            const auto bound = binding.subscriptions.find(std::string(scenario.id(i)));
            return bound == binding.subscriptions.end() ? std::string() : bound->second.live_id;
        };
        const Offer& old = scenario.at(s.offer);
        const auto item = binding.offers.find(scenario.at(move.target).id);
        const std::string product = item == binding.offers.end()
                                        ? std::string()
                                        : fmt::format("{}:{}", item->second.product, item->second.sku);
        const std::string customer(scenario.id(s.customer));
        const std::string_view name = scenario.texts.view(scenario.at(s.customer).name);
        const auto tenant = binding.customers.find(customer);
        out.cell(binding.partner_tenant).cell("").cell(name.empty() ? customer : name);
        out.cell(tenant == binding.customers.end() ? std::string() : tenant->second)
            .cell(live(move.subscription));
        out.cell(scenario.id(move.subscription)).cell(old.name.empty() ? old.id : old.name);
        out.cell(upload_day(s.current_term_end())).cell(s.auto_renew ? "True" : "False");
        out.cell(s.parent.none() ? "False" : "True").cell(s.parent.none() ? std::string() : live(s.parent));
        out.cell("True")
            .cell(product)
            .cell(to_short_text(s.sold_as.term))
            .cell(upload_billing(s.sold_as.billing));
        out.cell(std::to_string(s.seats)).cell("True").cell(to_short_text(move.sold_as.term));
        out.cell(upload_billing(move.sold_as.billing)).cell(std::to_string(days_of(scenario, s, move).seats));
        out.cell("").cell(upload_day(move.provision_on)).cell("False").cell("");
        out.end_row();
    };
    for (const std::vector<const Move*>& group : groups) {
        for (std::size_t i = 0; i < group.size(); ++i) {
            const bool fits = i == 0 ? rows + std::min(group.size(), kMostUploadRows) <= kMostUploadRows
                                     : rows < kMostUploadRows;
            CsvWriter out([&](std::string_view text) { files.back() += text; });
            if (files.empty() || !fits) {
                files.emplace_back();
                rows = 0;
                for (const char* column : {"PartnerTenantId",
                                           "IndirectResellerMpnId",
                                           "CustomerName",
                                           "CustomerTenantId",
                                           "LegacySubscriptionId",
                                           "LegacySubscriptionName",
                                           "LegacyProductName",
                                           "ExpirationDate",
                                           "AutoRenewEnabled",
                                           "AddOn",
                                           "BaseSubscriptionId",
                                           "MigrationEligible",
                                           "NcePsa",
                                           "CurrentTerm",
                                           "CurrentBillingPlan",
                                           "CurrentSeatCount",
                                           "StartNewTermInNce",
                                           "Term",
                                           "BillingPlan",
                                           "SeatCount",
                                           "CustomTermEndDate",
                                           "TargetDate",
                                           "MigrateOnRenewal",
                                           "MigrationIneligibilityReason"})
                    out.cell(column);
                out.end_row();
            }
            row(out, *group[i]);
            out.finish();
            ++rows;
        }
    }
    return files;
}

}  // namespace termwise
