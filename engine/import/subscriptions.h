// Reads the tables of subscriptions and customers that the bulk migration tool exports, and a flat export of
// the API's subscription resource, into records.
#pragma once

#include <optional>

#include "base/diagnostic.h"
#include "formats/source.h"
#include "import/locale.h"
#include "import/notes.h"
#include "import/records.h"

namespace termwise {

/// Reads any of: the tool's subscriptions (step 2, also as edited, and for scheduling), its new-commerce
/// subscriptions, a flat export of the API's resource. Nothing if anything is wrong; every mistake is
/// reported with line, column and the column's name. Rows that repeat another word for word are read once,
/// which is noted; an id that stands there twice with different content is a mistake. The order of days and
/// months is settled for the whole column (locale.h), by `dates` where the file does not say.
[[nodiscard]] std::optional<SubscriptionRecords> read_subscription_records(Source& source,
                                                                           std::optional<DayOrder> dates,
                                                                           ImportNotes& notes,
                                                                           Diagnostics& diagnostics);

/// Reads the tool's customers (step 1).
[[nodiscard]] std::optional<CustomerRecords> read_customer_records(Source& source, ImportNotes& notes,
                                                                   Diagnostics& diagnostics);

}  // namespace termwise
