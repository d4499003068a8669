#include "emulator/ledgers.h"

namespace termwise::emulator {

Money Ledgers::charges(bool is_new, Interval<Day> days) const {
    Money sum;
    for (const BilledLine& line : billed)
        if (line.is_new == is_new && days.contains(line.dated) && line.amount > Money()) sum += line.amount;
    return sum;
}

Money Ledgers::refunds(bool is_new, Interval<Day> days) const {
    Money sum;
    for (const BilledLine& line : billed)
        if (line.is_new == is_new && days.contains(line.dated) && line.amount < Money()) sum -= line.amount;
    return sum;
}

}  // namespace termwise::emulator
