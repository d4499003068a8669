// Changing single values of a scenario for a question: `--set
// /offers/m365-e3-csp/prices/P1Y,P1M/unit_price=40.00`.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "model/draft.h"
#include "model/scenario.h"

namespace termwise {

/// A JSON pointer (RFC 6901) into the merged scenario, and what is to stand there. Members of lists are named
/// by what identifies them: an id; `term,billing` of a price or a target term, with `,from` where there are
/// several; `from,to` of a transition, budget or blackout; `from` of a demand, `on` of an exception, the
/// member itself of a list of texts; numbers by their position. The value is JSON, or a text without quotes;
/// a number with a point is taken as a text, since amounts are, except below `uncertainty`. Null sets what
/// holds when nothing is said.
struct Override {
    std::string pointer;
    std::string value;
};

/// "POINTER=VALUE"; nothing if it is not of that form or not UTF-8.
[[nodiscard]] std::optional<Override> parse_override(std::string_view text);

/// What messages name as the file of an override.
inline constexpr std::string_view kOverridesName = "--set";

/// What stands in for an including file (M1.9).
struct OverridingPart {
    std::string json;                   ///< the parts that are touched, as they shall be
    std::vector<std::string> replaced;  ///< fields of the scenario of which nothing else remains
};

/// The part of `scenario` that `overrides` touch, changed in their order. Nothing, and why in `diagnostics`,
/// if a pointer leads nowhere: the nearest valid name is named. That a value is right is for the reader and
/// the builder to say. Runtime: the frame of the scenario and the customers concerned, not the portfolio.
[[nodiscard]] std::optional<OverridingPart> overriding_part(const Scenario& scenario,
                                                            std::span<const Override> overrides,
                                                            Diagnostics& diagnostics);

/// What stands at a pointer, as an override would say it; empty if nothing does and the usual holds, and for
/// the portfolio as a whole. Nothing, and why in `diagnostics`, if the pointer leads nowhere.
[[nodiscard]] std::optional<std::string> value_at(const Scenario& scenario, const std::string& pointer,
                                                  Diagnostics& diagnostics);

/// Takes from `draft` what `part` replaces.
void forget_replaced(ScenarioDraft& draft, const OverridingPart& part);

/// Renames places in `part`, by position ("/offers/0/sku"), to what the user wrote ("/offers/e3-csp/sku").
void name_places(const OverridingPart& part, Diagnostics& diagnostics);

}  // namespace termwise
