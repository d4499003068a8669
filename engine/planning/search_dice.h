// Random numbers for searches: a fixed sequence, since a search must be repeatable.
#pragma once

#include <cstddef>
#include <cstdint>

namespace termwise {

/// SplitMix64 (Steele, Lea and Flood, 2014).
class SearchDice {
  public:
    explicit SearchDice(std::uint64_t seed) : state_(seed) {}
    std::uint64_t next() {
        state_ += 0x9E3779B97F4A7C15U;
        std::uint64_t z = state_;
        z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9U;
        z = (z ^ (z >> 27U)) * 0x94D049BB133111EBU;
        return z ^ (z >> 31U);
    }
    /// A number below `end`, end > 0.
    std::size_t below(std::size_t end) { return static_cast<std::size_t>(next() % end); }

  private:
    std::uint64_t state_;
};

}  // namespace termwise
