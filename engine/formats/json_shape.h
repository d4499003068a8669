// What a JSON format looks like, as tables: which fields an object has, what may stand in each, and which
// function takes the value. json_reader.h reads a file by such tables; what it needs to know of a format is
// all in them.
//
// The functions get the object that the file is read into as a `void*`, because the tables of every format
// share these types; a format casts it back in one place.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "formats/scalar.h"

namespace termwise {

struct ObjectShape;
struct ListShape;

using Take = void (*)(void* sink, const Value& value);
using Hook = void (*)(void* sink);

/// What may stand in one place: a scalar, an object or a list.
struct Slot {
    const Scalar* scalar = nullptr;
    const ObjectShape* object = nullptr;
    const ListShape* list = nullptr;
    Take take = nullptr;  ///< gets the scalar

    constexpr Slot(const Scalar& accepted, Take taker) : scalar(&accepted), take(taker) {}
    constexpr Slot(const ObjectShape& shape)
        : object(&shape) {}                                   // NOLINT: a table reads better without the name
    constexpr Slot(const ListShape& shape) : list(&shape) {}  // NOLINT
};

enum class Presence : std::uint8_t {
    required,  ///< has to be there, not null
    optional,  ///< may be left out or null
    not_null,  ///< may be left out, but not be null
};

/// What a mistake in a field means for the rest of the input.
enum class Weight : std::uint8_t {
    vital,     ///< others depend on it: what they say cannot be judged any more
    harmless,  ///< stays in its object: the others can be judged without it
};

struct Field {
    std::string_view name;
    Presence presence;
    Slot slot;
    Weight weight = Weight::vital;
};

struct ObjectShape {
    std::string_view rule;          ///< the model's rule that a missing field breaks
    std::span<const Field> fields;  ///< at most 64
    Hook open = nullptr;            ///< called before the fields are read
    Hook close = nullptr;           ///< called afterwards

    std::uint64_t required = 0;  ///< bit i: field i is required

    constexpr ObjectShape(std::string_view broken_rule, std::span<const Field> all, Hook before = nullptr,
                          Hook after = nullptr)
        : rule(broken_rule), fields(all), open(before), close(after) {
        for (std::size_t i = 0; i < all.size(); ++i)
            if (all[i].presence == Presence::required) required |= std::uint64_t{1} << i;
    }
};

struct ListShape {
    std::string_view rule;  ///< the model's rule that a list which is too short breaks
    Slot element;
    std::size_t least = 0;  ///< elements it must have
    Hook open = nullptr;
    Hook close = nullptr;
};

}  // namespace termwise
