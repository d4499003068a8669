// `uncertainty` of a scenario or a customer (M7).
#include <fmt/format.h>

#include <array>
#include <utility>

#include "formats/scenario_sink.h"

namespace termwise {
namespace {

using enum Presence;
constexpr Weight kHarmless = Weight::harmless;

constexpr Scalar kMeasure{Kind::real, "M7", "a number from 0 to 1,000,000", 0, 1e6};
constexpr Scalar kMeasureAbove0{Kind::real, "M7", "a number above 0, at most 1,000,000", 0, 1e6, true};
constexpr Scalar kDecline{Kind::real, "M7", "a probability from 0 to 1", 0, 1};
constexpr Scalar kFailure{Kind::real, "M7", "a probability from 0 to less than 1", 0, 1, false, true};
constexpr Scalar kQuantile{Kind::real, "M7", "a probability above 0 and below 1", 0, 1, true, true};
constexpr Scalar kRetryDays{Kind::integer, "M7", "whole days, 1 to 3,660", 1, 3'660};

/// Takes a distribution; one of several in the same place is found out at the end.
void take(void* sink, Distribution distribution) {
    in(sink).distribution = std::move(distribution);
    ++in(sink).distributions;
}

constexpr std::array kUniformFields{
    Field{"min", required, {kMeasure, [](void* s, const Value& v) { in(s).minimum = v.real; }}},
    Field{"max", required, {kMeasure, [](void* s, const Value& v) { in(s).maximum = v.real; }}}};
constexpr ObjectShape kUniform("M7", kUniformFields, nullptr, [](void* s) {
    take(s, distribution::Uniform{in(s).minimum, in(s).maximum});
});

constexpr std::array kTriangularFields{
    Field{"min", required, {kMeasure, [](void* s, const Value& v) { in(s).minimum = v.real; }}},
    Field{"mode", required, {kMeasure, [](void* s, const Value& v) { in(s).mode = v.real; }}},
    Field{"max", required, {kMeasure, [](void* s, const Value& v) { in(s).maximum = v.real; }}}};
constexpr ObjectShape kTriangular("M7", kTriangularFields, nullptr, [](void* s) {
    take(s, distribution::Triangular{in(s).minimum, in(s).mode, in(s).maximum});
});

void open_lognormal(void* sink) {
    ScenarioSink& s = in(sink);
    s.median.reset();
    s.p90.reset();
    s.mean.reset();
    s.cv.reset();
}

void close_lognormal(void* sink) {
    ScenarioSink& s = in(sink);
    const bool has_quantiles = s.median && s.p90 && !s.mean && !s.cv;
    const bool has_moments = s.mean && s.cv && !s.median && !s.p90;
    if (has_quantiles) {
        take(sink, distribution::LognormalQuantiles{*s.median, *s.p90});
    } else if (has_moments) {
        take(sink, distribution::LognormalMoments{*s.mean, *s.cv});
    } else {
        if (!s.reporter.is_spoiled())
            s.reporter.mistake("M7", "expected either median and p90, or mean and cv, and nothing else");
        ++s.distributions;
    }
}

constexpr std::array kLognormalFields{
    Field{"median", not_null, {kMeasureAbove0, [](void* s, const Value& v) { in(s).median = v.real; }}},
    Field{"p90", not_null, {kMeasureAbove0, [](void* s, const Value& v) { in(s).p90 = v.real; }}},
    Field{"mean", not_null, {kMeasureAbove0, [](void* s, const Value& v) { in(s).mean = v.real; }}},
    Field{"cv", not_null, {kMeasure, [](void* s, const Value& v) { in(s).cv = v.real; }}}};
constexpr ObjectShape kLognormal("M7", kLognormalFields, open_lognormal, close_lognormal);

void add_empirical(void* sink, const Value& value) {
    if (auto* values = std::get_if<distribution::Empirical>(&*in(sink).distribution))
        values->values.push_back(value.real);
}

constexpr ListShape kEmpirical{
    "M7", {kMeasure, add_empirical}, 1, [](void* s) { take(s, distribution::Empirical{}); }};

constexpr std::array kDistributionFields{
    Field{
        "fixed", not_null, {kMeasure, [](void* s, const Value& v) { take(s, distribution::Fixed{v.real}); }}},
    Field{"uniform", not_null, kUniform}, Field{"triangular", not_null, kTriangular},
    Field{"lognormal", not_null, kLognormal}, Field{"empirical", not_null, kEmpirical}};

void open_distribution(void* sink) {
    in(sink).distribution.reset();
    in(sink).distributions = 0;
}

/// A distribution of one field of Uncertainty.
template <std::optional<Distribution> Uncertainty::*Member>
void close_distribution(void* sink) {
    ScenarioSink& s = in(sink);
    if (s.distributions != 1 && !s.reporter.is_spoiled()) {
        constexpr std::string_view kWords =
            "expected one distribution (fixed, uniform, triangular, lognormal or empirical), found {}";
        s.reporter.mistake("M7", fmt::format(kWords, s.distributions));
    }
    s.uncertainty.*Member = std::move(s.distribution);
}

constexpr ObjectShape kAcceptance("M7", kDistributionFields, open_distribution,
                                  close_distribution<&Uncertainty::acceptance>);
constexpr ObjectShape kWork("M7", kDistributionFields, open_distribution,
                            close_distribution<&Uncertainty::work>);
constexpr ObjectShape kDelay("M7", kDistributionFields, open_distribution,
                             close_distribution<&Uncertainty::provision_delay>);

ProvisionFailure& failure(void* sink) { return *in(sink).uncertainty.provision_failure; }

constexpr std::array kFailureFields{
    Field{"probability",
          required,
          {kFailure, [](void* s, const Value& v) { failure(s).probability = v.real; }}},
    Field{"retry_days", required, {kRetryDays, [](void* s, const Value& v) {
                                       failure(s).retry_days = v.integer;
                                   }}}};
constexpr ObjectShape kFailureShape("M7", kFailureFields,
                                    [](void* s) { in(s).uncertainty.provision_failure.emplace(); });

constexpr std::array kUncertaintyFields{
    Field{"acceptance", optional, kAcceptance, kHarmless},
    Field{"decline",
          optional,
          {kDecline, [](void* s, const Value& v) { in(s).uncertainty.decline = v.real; }},
          kHarmless},
    Field{"plan_quantile",
          optional,
          {kQuantile, [](void* s, const Value& v) { in(s).uncertainty.plan_quantile = v.real; }},
          kHarmless},
    Field{"work", optional, kWork, kHarmless},
    Field{"provision_delay", optional, kDelay, kHarmless},
    Field{"provision_failure", optional, kFailureShape, kHarmless}};

void open_uncertainty(void* sink) { in(sink).uncertainty = {}; }

void close_of_scenario(void* sink) {
    ScenarioSink& s = in(sink);
    s.draft.uncertainty = std::move(s.uncertainty);
    s.draft.uncertainty_origin = {s.draft.file};
}

void close_of_customer(void* sink) {
    ScenarioSink& s = in(sink);
    std::vector<Uncertainty>& all = s.portfolio.portfolio().uncertainties;
    s.portfolio.customer().uncertainty = static_cast<std::int32_t>(all.size());
    all.push_back(std::move(s.uncertainty));
}

}  // namespace

constinit const ObjectShape kScenarioUncertaintyShape("M7", kUncertaintyFields, open_uncertainty,
                                                      close_of_scenario);
constinit const ObjectShape kCustomerUncertaintyShape("M7", kUncertaintyFields, open_uncertainty,
                                                      close_of_customer);

}  // namespace termwise
