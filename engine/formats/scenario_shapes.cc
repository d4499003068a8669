// A scenario but for its customers and its uncertainty (M1).
#include <algorithm>
#include <array>
#include <string>

#include "formats/names.h"
#include "formats/scenario_sink.h"

namespace termwise {
namespace {

using enum Presence;
constexpr Weight kHarmless = Weight::harmless;

ScenarioDraft& draft(void* sink) { return in(sink).draft; }

/// For what is read and checked and of no consequence, such as the name of a team.
void ignore(void*, const Value&) {}

// Calendar and horizon

constexpr std::array kHorizonFields{
    Field{
        "start", required, {scalars::kDay, [](void* s, const Value& v) { draft(s).horizon->start = v.day; }}},
    Field{"end", required, {scalars::kDay, [](void* s, const Value& v) { draft(s).horizon->end = v.day; }}}};
constexpr ObjectShape kHorizon("M1.1", kHorizonFields,
                               [](void* s) { draft(s).horizon.emplace().origin = {draft(s).file}; });

constexpr Scalar kWeekday = scalars::one_of(kWeekdayNames, "a weekday, mon to sun", "M1.1");

void add_workday(void* sink, const Value& value) {
    WeekPattern& week = *draft(sink).calendar->workdays;
    const auto day = static_cast<WeekPattern>(1U << value.word);
    if ((week & day) != 0)
        in(sink).reporter.mistake("M1.1",
                                  "the weekday " + quoted(kWeekdayNames[value.word]) + " stands here twice");
    week = static_cast<WeekPattern>(week | day);
}

void add_holiday(void* sink, const Value& value) {
    draft(sink).holidays.push_back({value.day, in(sink).here()});
}

/// A list of workdays none of which could be read is as good as none.
void close_workdays(void* sink) {
    if (*draft(sink).calendar->workdays == 0) draft(sink).calendar->workdays.reset();
}

constexpr ListShape kWorkdays{"M1.1",
                              {kWeekday, add_workday},
                              1,
                              [](void* s) { draft(s).calendar->workdays.emplace(WeekPattern{0}); },
                              close_workdays};
constexpr ListShape kHolidays{"M1.1", {scalars::kDay, add_holiday}};
constexpr std::array kCalendarFields{Field{"workdays", optional, kWorkdays, kHarmless},
                                     Field{"holidays", optional, kHolidays, kHarmless}};
constexpr ObjectShape kCalendar("M1.1", kCalendarFields, [](void* s) { draft(s).calendar.emplace(); });

// Teams and their work

TeamDraft& team(void* sink) { return draft(sink).teams.back(); }
CapacityDraft& capacity(void* sink) { return *team(sink).capacity; }
CapacityExceptionDraft& exception(void* sink) { return capacity(sink).exceptions.back(); }

constexpr std::array kExceptionFields{
    Field{"on", required, {scalars::kDay, [](void* s, const Value& v) { exception(s).on = v.day; }}},
    Field{"minutes", required, {scalars::kMinutes, [](void* s, const Value& v) {
                                    exception(s).minutes = v.integer;
                                }}}};
constexpr ObjectShape kException(
    "M1.8", kExceptionFields, [](void* s) { capacity(s).exceptions.emplace_back(); },
    [](void* s) {
        if (in(s).reporter.is_spoiled()) capacity(s).exceptions.pop_back();
    });
constexpr ListShape kExceptions{"M1.8", kException};

constexpr Scalar kPer = scalars::one_of(kCapacityPerNames, "\"week\" or \"day\"", "M1.8");
constexpr std::array kCapacityFields{
    Field{"per",
          required,
          {kPer, [](void* s, const Value& v) { capacity(s).per = static_cast<CapacityPer>(v.word); }}},
    Field{"minutes",
          required,
          {scalars::kMinutes, [](void* s, const Value& v) { capacity(s).minutes = v.integer; }}},
    Field{"exceptions", optional, kExceptions}};
constexpr ObjectShape kCapacity("M1.8", kCapacityFields, [](void* s) { team(s).capacity.emplace(); });

constexpr std::array kTeamFields{
    Field{"id", required, {scalars::kId, [](void* s, const Value& v) { team(s).id = v.text; }}},
    Field{"name", optional, {scalars::kName, ignore}, kHarmless},
    Field{"labour_rate",
          optional,
          {scalars::kAmount, [](void* s, const Value& v) { team(s).labour_rate = v.amount; }},
          kHarmless},
    Field{"capacity", optional, kCapacity, kHarmless}};
constexpr ObjectShape kTeam("M1", kTeamFields,
                            [](void* s) { draft(s).teams.emplace_back().origin = in(s).here(); });
constexpr ListShape kTeams{"M1", kTeam};

constexpr std::array kWorkFields{
    Field{"minutes",
          optional,
          {scalars::kMinutes, [](void* s, const Value& v) { in(s).work->minutes = v.integer; }},
          kHarmless},
    Field{"team",
          optional,
          {scalars::kId, [](void* s, const Value& v) { in(s).work->team = v.text; }},
          kHarmless}};

template <EffortItemDraft EffortDraft::*Member>
void open_work(void* sink) {
    in(sink).work = &((*draft(sink).effort).*Member);
}

constexpr ObjectShape kInvite("M1", kWorkFields, open_work<&EffortDraft::invite>);
constexpr ObjectShape kVisit("M1", kWorkFields, open_work<&EffortDraft::visit>);
constexpr ObjectShape kProvision("M1", kWorkFields, open_work<&EffortDraft::provision>);
constexpr ObjectShape kAutoRenewOff("M1", kWorkFields, open_work<&EffortDraft::auto_renew_off>);
constexpr ObjectShape kCancel("M1", kWorkFields, open_work<&EffortDraft::cancel>);

ReassignEffortDraft& reassign(void* sink) { return draft(sink).effort->reassign; }

constexpr Scalar kSeconds{Kind::integer, "M1", "whole seconds, 0 to 1,000,000", 0, 1'000'000};
constexpr std::array kReassignFields{
    Field{"seconds_per_seat",
          optional,
          {kSeconds, [](void* s, const Value& v) { reassign(s).seconds_per_seat = v.integer; }},
          kHarmless},
    Field{"seats_per_day",
          optional,
          {scalars::kSeats, [](void* s, const Value& v) { reassign(s).seats_per_day = v.integer; }},
          kHarmless},
    Field{"team",
          optional,
          {scalars::kId, [](void* s, const Value& v) { reassign(s).team = v.text; }},
          kHarmless}};
constexpr ObjectShape kReassign("M1", kReassignFields);

constexpr std::array kEffortFields{Field{"invite", optional, kInvite, kHarmless},
                                   Field{"visit", optional, kVisit, kHarmless},
                                   Field{"provision", optional, kProvision, kHarmless},
                                   Field{"reassign", optional, kReassign, kHarmless},
                                   Field{"auto_renew_off", optional, kAutoRenewOff, kHarmless},
                                   Field{"cancel", optional, kCancel, kHarmless}};
constexpr ObjectShape kEffort("M1", kEffortFields,
                              [](void* s) { draft(s).effort.emplace().origin = {draft(s).file}; });

// Single values and small objects

DisruptionDraft& disruption(void* sink) { return *draft(sink).disruption; }

constexpr std::array kDisruptionFields{
    Field{"reassign_per_seat",
          optional,
          {scalars::kAmount, [](void* s, const Value& v) { disruption(s).reassign_per_seat = v.amount; }},
          kHarmless},
    Field{"gap_per_seat_day", optional, {scalars::kAmount, [](void* s, const Value& v) {
                                             disruption(s).gap_per_seat_day = v.amount;
                                         }}}};
constexpr ObjectShape kDisruption("M1", kDisruptionFields,
                                  [](void* s) { draft(s).disruption.emplace().origin = {draft(s).file}; });

constexpr std::array kAcceptanceFields{
    Field{"plan_days",
          optional,
          {scalars::kDays, [](void* s, const Value& v) { draft(s).plan_days = v.integer; }},
          kHarmless}};
constexpr ObjectShape kAcceptance("M3.3", kAcceptanceFields);

constexpr std::array kStrategyFields{
    Field{"overlap_days",
          optional,
          {scalars::kDays, [](void* s, const Value& v) { draft(s).overlap_days = v.integer; }},
          kHarmless}};
constexpr ObjectShape kStrategy("M5", kStrategyFields);

constexpr std::array<std::string_view, 1> kFormats{"termwise-scenario/1"};
constexpr Scalar kFormat = scalars::one_of(kFormats, "\"termwise-scenario/1\"");
constexpr Scalar kPerspective = scalars::one_of(kPerspectiveNames, "\"customer\" or \"partner\"");
constexpr Scalar kContinuity = scalars::one_of(kContinuityNames, "\"strict\", \"grace\" or \"soft\"", "M3.6");

void set_currency(void* sink, const Value& value) {
    draft(sink).currency = std::string(value.text);
    draft(sink).currency_origin = {draft(sink).file};
}

constexpr std::array kTargetTermFields{
    Field{
        "term", required, {scalars::kPeriod, [](void* s, const Value& v) { in(s).sold_as.term = v.period; }}},
    Field{"billing", required, {scalars::kPeriod, [](void* s, const Value& v) {
                                    in(s).sold_as.billing = v.period;
                                }}}};
constexpr ObjectShape kTargetTerm("M1.6", kTargetTermFields, nullptr, [](void* s) {
    if (!in(s).reporter.is_spoiled()) draft(s).target_terms->push_back(in(s).sold_as);
});
constexpr ListShape kTargetTerms{"M1.6", kTargetTerm, 1, [](void* s) {
                                     draft(s).target_terms.emplace();
                                     draft(s).target_terms_origin = {draft(s).file};
                                 }};

BudgetDraft& budget(void* sink) { return draft(sink).budgets.back(); }

constexpr std::array kBudgetFields{
    Field{"from", required, {scalars::kDay, [](void* s, const Value& v) { budget(s).from = v.day; }}},
    Field{"to", required, {scalars::kDay, [](void* s, const Value& v) { budget(s).to = v.day; }}},
    Field{"max", required, {scalars::kAmount, [](void* s, const Value& v) { budget(s).max = v.amount; }}}};
constexpr ObjectShape kBudget(
    "M3.10", kBudgetFields, [](void* s) { draft(s).budgets.emplace_back().origin = in(s).here(); },
    [](void* s) {
        if (in(s).reporter.is_spoiled()) draft(s).budgets.pop_back();
    });
constexpr ListShape kBudgets{"M3.10", kBudget};

// Files

void add_include(void* sink, const Value& value) {
    draft(sink).includes.push_back({std::string(value.text), in(sink).here()});
}

constexpr ListShape kIncludes{"M1.9", {scalars::kPath, add_include}};

PortfolioFilesDraft& files(void* sink) { return *draft(sink).portfolio_files; }

constexpr std::array kPortfolioFields{
    Field{"customers",
          optional,
          {scalars::kPath, [](void* s, const Value& v) { files(s).customers = v.text; }}},
    Field{"subscriptions", required, {scalars::kPath, [](void* s, const Value& v) {
                                          files(s).subscriptions = v.text;
                                      }}}};
constexpr ObjectShape kPortfolio("M1.5", kPortfolioFields, [](void* s) {
    draft(s).portfolio_files.emplace().origin = {draft(s).file};
    draft(s).portfolio.given = true;
});

// The whole

constexpr std::array kScenarioFields{
    Field{"format", optional, {kFormat, [](void* s, const Value&) { in(s).has_format = true; }}},
    Field{"name",
          optional,
          {scalars::kName, [](void* s, const Value& v) { draft(s).name = std::string(v.text); }},
          kHarmless},
    Field{"include", optional, kIncludes},
    Field{"perspective",
          optional,
          {kPerspective,
           [](void* s, const Value& v) { draft(s).perspective = static_cast<Perspective>(v.word); }},
          kHarmless},
    Field{"currency", optional, {scalars::kCurrency, set_currency}},
    Field{"horizon", optional, kHorizon},
    Field{"calendar", optional, kCalendar},
    Field{"teams", optional, kTeams},
    Field{"effort", optional, kEffort},
    Field{"disruption", optional, kDisruption},
    Field{"continuity",
          optional,
          {kContinuity,
           [](void* s, const Value& v) { draft(s).continuity = static_cast<Continuity>(v.word); }}},
    Field{"provision_days",
          optional,
          {scalars::kDays, [](void* s, const Value& v) { draft(s).provision_days = v.integer; }},
          kHarmless},
    Field{"acceptance", optional, kAcceptance},
    Field{"programmes", optional, kProgrammesShape},
    Field{"offers", optional, kOffersShape},
    Field{"transitions", optional, kTransitionsShape},
    Field{"target_terms", optional, kTargetTerms, kHarmless},
    Field{"budgets", optional, kBudgets, kHarmless},
    Field{"strategy", optional, kStrategy},
    Field{"uncertainty", optional, kScenarioUncertaintyShape, kHarmless},
    Field{"customers", optional, kCustomersShape},
    Field{"portfolio", optional, kPortfolio}};

void close_scenario(void* sink) {
    if (in(sink).has_customers && draft(sink).portfolio_files)
        in(sink).reporter.mistake_in("portfolio", "M1.5",
                                     "there are `customers` as well; only one of the two may be");
}

}  // namespace

constinit const ObjectShape kScenarioShape("M1", kScenarioFields, nullptr, close_scenario);

std::vector<Field> scenario_fields_without(std::span<const std::string_view> names) {
    std::vector<Field> fields;
    for (const Field& field : kScenarioFields)
        if (std::ranges::find(names, field.name) == names.end()) fields.push_back(field);
    return fields;
}

}  // namespace termwise
