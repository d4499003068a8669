// Names the place of a draft's field, as a JSON pointer or a table's cell.
#pragma once

#include <string>
#include <string_view>

#include "base/diagnostic.h"
#include "model/draft.h"

namespace termwise {

/// The field of a member of a top-level list: place_of(files, offer.origin, "offers", "programme") is
/// "/offers/3/programme". `field` may be a path ("prices/0/term") or empty (the object itself). With an
/// empty `list`, a top-level object: "/horizon" is place_of(files, origin, "", "horizon").
[[nodiscard]] Place place_of(const std::vector<SourceFile>& files, Origin origin, std::string_view list,
                             std::string_view field);

/// The field of a customer: "/customers/3/blackouts/0/to", or the cell of a table's row.
[[nodiscard]] Place place_of_customer(const std::vector<SourceFile>& files, Origin origin,
                                      std::string_view field);

/// The field of a subscription: "/customers/3/subscriptions/1/term", or the cell of a table's row.
[[nodiscard]] Place place_of_subscription(const std::vector<SourceFile>& files, Origin origin,
                                          std::string_view field);

}  // namespace termwise
