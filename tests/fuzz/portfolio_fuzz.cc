// Any bytes as the tables of a portfolio: customers up to the first NUL byte, subscriptions after it.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "formats/portfolio_tables.h"
#include "formats/source.h"
#include "model/build.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace termwise;
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const std::size_t cut = std::min(text.find('\0'), text.size());
    const bool with_customers = cut < text.size();
    Source customers = Source::of_text(text.substr(0, cut), "customers.csv", 64);
    Source subscriptions =
        Source::of_text(with_customers ? text.substr(cut + 1) : text, "subscriptions.csv", 64);
    ScenarioDraft draft;
    draft.files = {{"scenario.json", false}, {"customers.csv", true}, {"subscriptions.csv", true}};
    draft.currency = "USD";
    draft.horizon = HorizonDraft{to_day({2026, 1, 5}), to_day({2027, 1, 5}), {0, -1, -1}};
    PortfolioSources sources;
    if (with_customers) sources.customers = &customers;
    if (with_customers) sources.customers_file = 1;
    sources.subscriptions = &subscriptions;
    sources.subscriptions_file = 2;
    Diagnostics diagnostics;
    const ReadOutcome outcome = read_portfolio_tables(sources, draft, diagnostics);
    if (outcome == ReadOutcome::vital_mistakes) return 0;  // such a draft is never built
    draft.programmes_given = draft.offers_given = true;
    static_cast<void>(build(std::move(draft), diagnostics));
    return 0;
}
