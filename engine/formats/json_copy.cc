#include "formats/json_copy.h"

namespace termwise {

void copy_json(const nlohmann::ordered_json& value, JsonWriter& json) {
    if (value.is_object()) {
        json.begin_object();
        for (const auto& [name, member] : value.items()) {
            json.key(name);
            copy_json(member, json);
        }
        json.end_object();
    } else if (value.is_array()) {
        json.begin_list();
        for (const auto& member : value) copy_json(member, json);
        json.end_list();
    } else if (value.is_string()) {
        json.value(std::string_view(value.get_ref<const std::string&>()));
    } else if (value.is_boolean()) {
        json.value(value.get<bool>());
    } else if (value.is_number_integer()) {
        json.value(value.get<std::int64_t>());
    } else if (value.is_number()) {
        json.value(value.get<double>());
    } else {
        json.null();
    }
}

}  // namespace termwise
