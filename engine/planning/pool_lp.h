// The linear relaxation of choosing a column for each customer, so that limits and cuts hold: its prices give
// the best bound that prices can give, its solution shows what to cut and where to branch. Floating point:
// what it says is a hint, and PoolBound turns it into a bound.
#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <span>
#include <vector>

namespace termwise {

/// Rows are numbered by whoever asks; each is an upper limit on a sum. Columns belong to one customer each.
class PoolLp {
  public:
    struct Term {
        std::uint32_t row = 0;
        double amount = 0;
    };
    /// What the columns are: asked for again and again, so that nothing is kept twice.
    class Columns {
      public:
        Columns() = default;
        Columns(const Columns&) = delete;
        Columns& operator=(const Columns&) = delete;
        virtual ~Columns() = default;
        [[nodiscard]] virtual std::uint32_t customer_of(std::uint32_t column) const = 0;
        [[nodiscard]] virtual double cost_of(std::uint32_t column) const = 0;
        /// Replaces `terms`.
        virtual void terms_of(std::uint32_t column, std::vector<Term>& terms) const = 0;
        /// The column of `customer`, of those that are left, that costs least when each row costs its price;
        /// and what it costs then. -1: none is left.
        virtual std::int64_t cheapest(std::uint32_t customer, const std::vector<double>& price_of_row,
                                      double& cost) const = 0;
        [[nodiscard]] virtual bool is_left(std::uint32_t column) const = 0;
    };

    /// Begins with `start`, a column of each customer. To exceed a row by one costs `penalty`, and so does a
    /// column that is not left.
    PoolLp(const Columns& columns, std::vector<double> room, std::span<const std::uint32_t> start,
           double penalty);

    /// A row more. The columns know what it takes of them already.
    void add_row(double room);

    /// Pivots until nothing is gained, or `most_pivots` times. Returns how many.
    /// Runtime: the square of customers and rows for each pivot, the columns once in a while.
    int solve(int most_pivots);

    /// By row, none negative.
    [[nodiscard]] std::vector<double> prices() const;
    struct Share {
        std::uint32_t column = 0;
        double share = 0;
    };
    /// The columns of the solution.
    [[nodiscard]] std::vector<Share> solution() const;

  private:
    enum class Kind : std::uint8_t { column, slack, excess };
    struct Variable {
        Kind kind = Kind::slack;
        std::uint32_t index = 0;  ///< column or row
    };

    [[nodiscard]] double cost_of(Variable variable) const;
    [[nodiscard]] std::vector<double> prices_as_they_are() const;
    void refresh_prices();
    void refactor();
    bool enter(Variable variable);
    [[nodiscard]] double gain_of(Variable variable);

    const Columns& columns_;
    const double penalty_;
    std::size_t customers_;
    std::vector<double> room_;
    std::vector<Variable> basis_;  // by row of the basis: customers first
    Eigen::MatrixXd inverse_;
    Eigen::VectorXd value_;  // of the basis
    Eigen::VectorXd dual_;   // of customers, then rows
    std::vector<Term> terms_;
    int since_refactoring_ = 0;
};

}  // namespace termwise
