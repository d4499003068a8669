// The part of merge.h that joins portfolios; for merge.cc alone.
#pragma once

#include <functional>
#include <string_view>

#include "model/draft.h"

namespace termwise {

/// Called for a customer of both portfolios: its id, where each describes it, whether they say the same.
using TwiceDescribed = std::function<void(std::string_view id, Origin mine, Origin theirs, bool same)>;

/// Adds to `into` the customers of `part` that it lacks, with their subscriptions. A customer of both stays
/// as `into` has it, whole: subscriptions are not mixed. Comparing costs something, so it is done only where
/// `twice` is wanted. Runtime: linear in both, but for the sorting of what is compared.
void merge_portfolio(PortfolioDraft& into, PortfolioDraft&& part, const TwiceDescribed& twice);

}  // namespace termwise
