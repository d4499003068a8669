// Any bytes as the files of an import, with a NUL byte between them: subscriptions, a price list, customers,
// old prices. What comes to a scenario is written as well.
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "formats/locate.h"
#include "formats/source.h"
#include "import/make_scenario.h"
#include "import/price_list.h"
#include "import/report.h"
#include "import/subscriptions.h"
#include "import/writer.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace termwise;
    std::string_view rest(reinterpret_cast<const char*>(data), size);
    std::array<std::string_view, 4> texts;
    for (std::string_view& text : texts) {
        text = rest.substr(0, std::min(rest.find('\0'), rest.size()));
        rest.remove_prefix(std::min(text.size() + 1, rest.size()));
    }
    Source subscription_source = Source::of_text(texts[0], "subscriptions.csv", 64);
    Source price_source = Source::of_text(texts[1], "prices.csv", 64);
    Source customer_source = Source::of_text(texts[2], "customers.csv", 64);
    Source old_price_source = Source::of_text(texts[3], "old-prices.csv", 64);

    ImportSettings settings;
    settings.today = to_day({2023, 8, 7});
    ImportNotes notes;
    Diagnostics diagnostics;
    const auto subscriptions = read_subscription_records(subscription_source, {}, notes, diagnostics);
    const auto prices = read_price_lists({&price_source, 1}, {}, notes, diagnostics);
    std::optional<CustomerRecords> customers;
    if (!texts[2].empty()) customers = read_customer_records(customer_source, notes, diagnostics);
    std::optional<OldPriceList> old_prices;
    if (!texts[3].empty())
        old_prices = read_old_prices(old_price_source, settings.perspective, notes, diagnostics);
    locate_in(texts[0], "subscriptions.csv", diagnostics, TableOrigin::foreign);
    if (!subscriptions || !prices) return 0;

    const ImportInput input{settings, *subscriptions, customers ? &*customers : nullptr, *prices,
                            old_prices ? &*old_prices : nullptr};
    const auto made = make_scenario(input, notes, diagnostics);
    if (!made) return 0;
    const TextSink nowhere = [](std::string_view) {};
    write_import_scenario(settings, *made, nowhere);
    write_import_rules(*made, nowhere);
    write_import_catalogue(*made, nowhere);
    write_import_customers(input, *made, nowhere);
    write_import_subscriptions(input, *made, nowhere);
    write_left_out(notes, nowhere);
    write_import_report(input, *made, notes, nowhere);
    return 0;
}
