using MathNet.Numerics.Distributions;
using MathNet.Numerics.LinearAlgebra;

namespace DataExchange.Estimation;

/// <summary>
/// What an estimate is worth. With G the slopes, V the variance of g and W the weights the estimate's variance is (G'WG)⁻¹G'W·V·WG(G'WG)⁻¹, in the directions that are
/// identified. V is the targets' variance Ω and that of the simulated means, Σ/S of S seeds. For targets that are as random as the model Ω = Σ, so that V = (1 + 1/S)·Ω.
/// </summary>
internal static class Inference
{
    private const double Upper = 0.975;
    private const double Nothing = 1e-9;

    // From here on Student's quantile is the normal one to three digits, and its computation loses them.
    private const double MostFreedom = 1_000;

    // A parameter that takes more than a tenth of its move in directions that are not identified is not either.
    private const double MostOutside = 0.01;

    // The standard deviation of a uniform distribution over the range, whose length is 1 here.
    private static readonly double OfRange = 1 / Math.Sqrt(12);

    internal static Estimate Of(MomentProblem problem, Evaluation at, Slopes slopes, Matrix<double> weights, double objectiveAtStart, int steps, bool isSettled, int points)
    {
        var gap = at.Mean - Vector<double>.Build.DenseOfEnumerable(problem.Moments.Select(moment => moment.Target));
        var between = at.Covariance();
        var variance = VarianceOf(problem, between);
        var errors = variance.Diagonal().Map(Math.Sqrt);
        int[] inside = [.. Enumerable.Range(0, at.Place.Length).Where(p => at.Place[p] is > Nothing and < 1 - Nothing)];

        var scaled = Scaled(slopes.Mean, errors);
        Matrix<double>[] ofSeeds = [.. slopes.OfSeeds.Select(one => Scaled(one, errors))];
        var told = scaled.MapIndexed((k, p, slope) => Tells([.. ofSeeds.Select(one => one[k, p])]) ? slope : 0);
        var directions = DirectionsOf(inside, told, ofSeeds);
        var known = directions.Where(direction => direction.IsIdentified).Select(direction => Vector<double>.Build.DenseOfEnumerable(inside.Select(p => direction.Parts[p]))).ToArray();
        var jacobian = Columns(slopes.Mean, inside);
        // How the estimate moves with the moments, within the identified directions.
        var sensitivity = Matrix<double>.Build.Dense(inside.Length, gap.Count);
        if (known.Length > 0)
        {
            var basis = Matrix<double>.Build.DenseOfColumnVectors(known);
            var towards = jacobian * basis;
            sensitivity = basis * (towards.Transpose() * weights * towards).Inverse() * towards.Transpose() * weights;
        }

        var covariance = sensitivity * variance * sensitivity.Transpose();
        var values = directions.Select(direction => direction.SingularValue).ToArray();
        return new(
            [.. problem.Parameters.Select((_, p) => ParameterOf(p))],
            [.. problem.Moments.Select((moment, k) => new MomentFit(moment, at.Mean[k], Math.Sqrt(between[k, k]), errors[k], gap[k] / errors[k]))],
            gap * weights * gap, objectiveAtStart, TestOf(gap, jacobian, sensitivity, variance, known.Length, problem.Seeds), directions,
            values.Length > 0 && values[^1] > Nothing * values[0] ? values[0] / values[^1] : null, steps, isSettled, points);

        ParameterEstimate ParameterOf(int p)
        {
            var parameter = problem.Parameters[p];
            var (value, length, i) = (parameter.At(at.Place[p]), parameter.To - parameter.From, Array.IndexOf(inside, p));
            var outside = directions.Where(direction => !direction.IsIdentified).Sum(direction => direction.Parts[p] * direction.Parts[p]);
            var error = i < 0 || outside > MostOutside ? (double?)null : Math.Sqrt(Math.Max(0, covariance[i, i]));
            var standing = told.Column(p).L2Norm() < 1 ? Standing.WithoutMoment : i < 0 ? Standing.AtItsBound : error is not { } found ? Standing.Unidentified : found > OfRange ? Standing.Weak : Standing.Identified;
            error = standing == Standing.WithoutMoment ? null : error;
            var reach = error is null ? 0 : error.Value * length * QuantileOf(i);
            return new(
                parameter, value, error * length, error is null ? null : Math.Max(parameter.From, value - reach),
                error is null ? null : Math.Min(parameter.To, value + reach), standing,
                [.. problem.Moments.Select((_, k) => new Influence(
                    slopes.Mean[k, p] / length, ErrorOf([.. slopes.OfSeeds.Select(one => one[k, p])]) / length,
                    value == 0 || at.Mean[k] == 0 ? null : slopes.Mean[k, p] / length * value / at.Mean[k], scaled[k, p],
                    error is null or 0 ? null : sensitivity[i, k] * sensitivity[i, k] * variance[k, k] / Enumerable.Range(0, gap.Count).Sum(l => sensitivity[i, l] * sensitivity[i, l] * variance[l, l])))]);
        }

        // The part of the variance that was measured from S seeds has S − 1 degrees of freedom, the given one as many as one likes (Welch 1947, Satterthwaite 1946).
        double QuantileOf(int i)
        {
            var given = problem.Moments.Select((moment, k) => moment.StandardError is { } one ? sensitivity[i, k] * sensitivity[i, k] * one * one : 0).Sum();
            var measured = Math.Max(0, covariance[i, i] - given) / covariance[i, i];
            var freedom = (problem.Seeds - 1) / (measured * measured);
            return freedom < MostFreedom ? StudentT.InvCDF(0, 1, freedom, Upper) : Normal.InvCDF(0, 1, Upper);
        }
    }

    /// <summary>The variance of the deviations: of the targets, and of the simulated means.</summary>
    /// <exception cref="EstimationException">A moment has none.</exception>
    internal static Matrix<double> VarianceOf(MomentProblem problem, Matrix<double> between)
    {
        var targets = Matrix<double>.Build.Dense(between.RowCount, between.ColumnCount, (k, l) =>
            problem.Moments[k].StandardError is { } error ? k == l ? error * error : 0 : problem.Moments[l].StandardError is null ? between[k, l] : 0);
        var variance = targets + (between / problem.Seeds);
        for (var k = 0; k < variance.RowCount; k++)
        {
            if (variance[k, k] <= 0)
            {
                throw new EstimationException($"moment {problem.Moments[k].Name} has no standard error and does not vary between seeds: give it one");
            }
        }

        return variance;
    }

    private static Direction[] DirectionsOf(int[] inside, Matrix<double> scaled, IReadOnlyList<Matrix<double>> ofSeeds)
    {
        if (inside.Length == 0)
        {
            return [];
        }

        var found = Columns(scaled, inside).Svd();
        return [.. Enumerable.Range(0, inside.Length).Select(i =>
        {
            var part = found.VT.Row(i);
            // A direction has no sign: its largest part points up.
            part = part[part.AbsoluteMaximumIndex()] < 0 ? -part : part;
            var value = i < found.S.Count ? Math.Abs(found.S[i]) : 0;
            var moved = ofSeeds.Select(one => Columns(one, inside) * part).ToArray();
            var noise = Math.Sqrt(Enumerable.Range(0, scaled.RowCount).Sum(k => Math.Pow(ErrorOf([.. moved.Select(one => one[k])]), 2)));
            var parts = new double[scaled.ColumnCount];
            for (var j = 0; j < inside.Length; j++)
            {
                parts[inside[j]] = part[j];
            }

            // A slope alone may be told and the difference of two not: what counts is the move itself.
            var moves = Enumerable.Range(0, scaled.RowCount).Select(k => moved.Select(one => one[k]).ToArray()).Where(Tells).Sum(move => Math.Pow(move.Average(), 2));
            return new Direction(value, noise, parts, value >= 1 && moves >= 1 && value > Nothing * found.S[0]);
        })];
    }

    // Newey 1985: what is left of g when the estimate has taken its part, with the variance that this has; a pseudo-inverse, as it has no variance in as many directions as there are parameters.
    private static OveridentificationTest? TestOf(Vector<double> gap, Matrix<double> jacobian, Matrix<double> sensitivity, Matrix<double> variance, int parameters, int seeds)
    {
        var freedom = gap.Count - parameters;
        if (freedom <= 0)
        {
            return null;
        }

        var isDiagonal = seeds <= gap.Count;
        var used = isDiagonal ? Matrix<double>.Build.DenseOfDiagonalVector(variance.Diagonal()) : variance;
        var left = Matrix<double>.Build.DenseIdentity(gap.Count) - (jacobian * sensitivity);
        var scale = used.Diagonal().Map(value => 1 / Math.Sqrt(value));
        var (residual, spread) = ((left * gap).PointwiseMultiply(scale), (left * used * left.Transpose()).MapIndexed((k, l, value) => value * scale[k] * scale[l]));
        var parts = spread.Evd(Symmetricity.Symmetric);
        var values = parts.EigenValues.Select(value => value.Real).ToArray();
        var statistic = Enumerable.Range(0, gap.Count).OrderByDescending(k => values[k]).Take(freedom).Where(k => values[k] > Nothing)
            .Sum(k => Math.Pow(parts.EigenVectors.Column(k) * residual, 2) / values[k]);
        return new(statistic, freedom, 1 - ChiSquared.CDF(freedom, statistic), isDiagonal);
    }

    // Whether the seeds tell it from nothing, by Student's t at 5 %; what is the same at every seed is told.
    private static bool Tells(double[] ofSeeds) => Math.Abs(ofSeeds.Average()) > StudentT.InvCDF(0, 1, ofSeeds.Length - 1, Upper) * ErrorOf(ofSeeds);

    private static Matrix<double> Scaled(Matrix<double> slopes, Vector<double> errors) => slopes.MapIndexed((k, _, slope) => slope / errors[k]);

    private static Matrix<double> Columns(Matrix<double> matrix, int[] columns) => Matrix<double>.Build.Dense(matrix.RowCount, columns.Length, (k, i) => matrix[k, columns[i]]);

    private static double ErrorOf(double[] values)
    {
        var mean = values.Average();
        return Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1) / values.Length);
    }
}
