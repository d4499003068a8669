#include "import/tables.h"

#include <unistd.h>

#include <cstdlib>
#include <fstream>

namespace termwise {

TemporaryFile::TemporaryFile(std::string_view text) {
    const char* folder = std::getenv("TMPDIR");
    path_ = std::string(folder == nullptr ? "/tmp" : folder) + "/termwise-import-XXXXXX";
    const int descriptor = ::mkstemp(path_.data());
    if (descriptor >= 0) ::close(descriptor);
    std::ofstream(path_, std::ios::binary) << text;
}

TemporaryFile::~TemporaryFile() { ::unlink(path_.c_str()); }

std::optional<ImportedScenario> ImportBench::import(const std::string& table) {
    Source source = Source::of_text(table, "subscriptions.csv");
    subscriptions = read_subscription_records(source, settings.dates, notes, diagnostics);
    if (!customers.empty()) {
        Source customer_source = Source::of_text(customers, "customers.csv");
        customer_records = read_customer_records(customer_source, notes, diagnostics);
    }
    const std::string list = price_table(prices);
    Source list_source = Source::of_text(list, "prices.csv");
    price_list = read_price_lists(
        {&list_source, 1},
        {settings.currency, settings.market, settings.segment, settings.perspective, settings.dates}, notes,
        diagnostics);
    std::optional<ImportedScenario> made;
    if (!diagnostics.has_errors()) made = make_scenario(input(), notes, diagnostics);
    locate_in(table, "subscriptions.csv", diagnostics, TableOrigin::foreign);
    return made;
}

}  // namespace termwise
