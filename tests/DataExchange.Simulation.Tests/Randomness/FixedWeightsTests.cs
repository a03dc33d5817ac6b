using DataExchange.Simulation.Randomness;

namespace DataExchange.Simulation.Tests.Randomness;

public sealed class FixedWeightsTests
{
    [Fact]
    public void Prepared_weights_draw_what_plain_ones_draw()
    {
        var random = new RandomStream(31, "weights");
        for (var count = 1; count <= 400; count = (count * 3 / 2) + 1)
        {
            var weights = new double[count];
            for (var i = 0; i < count; i++)
            {
                weights[i] = random.NextBoolean(0.2) ? 0 : random.NextLogNormal(0, 2);
            }

            weights[count / 2] = 1;
            var prepared = new FixedWeights(weights);
            var (plain, same) = (new RandomStream(32, "draws"), new RandomStream(32, "draws"));
            for (var draw = 0; draw < 500; draw++)
            {
                Assert.Equal(plain.PickWeighted(weights), same.PickWeighted(prepared));
            }
        }
    }

    [Fact]
    public void At_a_border_the_subtractions_decide()
    {
        double[] weights = [0.1, 0.2, 0, 0.3, 0.1, 0.7, 0];
        var prepared = new FixedWeights(weights);
        var border = 0.0;
        foreach (var weight in weights)
        {
            border += weight;
            foreach (var point in (double[])[double.BitDecrement(border), border, double.BitIncrement(border)])
            {
                Assert.Equal(FixedWeights.IndexOneByOne(weights, 5, point), prepared.IndexAt(point));
            }
        }
    }

    [Fact]
    public void Impossible_weights_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new FixedWeights([]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new FixedWeights([0.0, 0.0]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new FixedWeights([1.0, -1.0]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new FixedWeights([double.NaN]));
    }
}
