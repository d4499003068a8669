// JSON that goes from one file into another as it stands.
#pragma once

#include <nlohmann/json.hpp>

#include "formats/json_writer.h"

namespace termwise {

/// Writes `value` where `json` wants one, its members in their order.
void copy_json(const nlohmann::ordered_json& value, JsonWriter& json);

}  // namespace termwise
