using System.Text.Json.Nodes;
using DataExchange.Domain.Pricing;
using DataExchange.Domain.Rights;
using DataExchange.Domain.Trading;
using DataExchange.EventStore.Serialization;
using DataExchange.Gateway.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace DataExchange.Gateway.Reads;

/// <summary>Products: what is stored, folded when it is asked for.</summary>
internal sealed class ProductReads(Reading reading)
{
    internal static IReadOnlyList<QueryField> Fields { get; } =
    [
        QueryField.AfterName, QueryField.Limit, QueryField.Of("stage", "How far the registration is", RightsStage.Unregistered), new("venue", "The venue that took the application"),
        new("provider", "Who applied"), new("holder", "Who holds the rights now"), new("category", "Category id"),
    ];

    internal void Map(IEndpointRouteBuilder web, Admits everybody)
    {
        web.MapGet("/v1/products", (Delegate)ListAsync).WithMetadata(everybody, new Takes(Fields));
        web.MapGet("/v1/products/{id}", ReadAsync).WithMetadata(everybody, new Takes());
    }

    private Task<IResult> ListAsync(HttpContext context)
    {
        var caller = Gate.CallerOf(context);
        var (stage, holder) = (Takes.Text(context.Request, "stage"), Takes.Text(context.Request, "holder"));
        return reading.ListAsync(context, "product", FirstFactFilter.Of(context.Request, "venue", "provider", "category"), (name, product) =>
            Visibility.MayRead(caller, product) && product.StateAs<ProductRights>(name) is var state
            && (stage is null || state.Stage.ToString() == stage) && (holder is null || state.Holder.Value == holder)
                ? Summary(name, product)
                : null);
    }

    private async Task<IResult> ReadAsync(string id, HttpContext context)
    {
        if (Reading.Unnamed("id", id) is { } wrong)
        {
            return wrong;
        }

        var (product, pricing, offer) = ($"product/{id}", $"pricing/{id}", $"offer/{id}");
        var found = await reading.Streams.ReadAsync([product, pricing, offer], context.RequestAborted).ConfigureAwait(false);
        if (found[product].Version == 0 || !Visibility.MayRead(Gate.CallerOf(context), found[product]))
        {
            return await reading.MissingAsync(context, $"product {id}", found[product].Version > 0).ConfigureAwait(false);
        }

        var body = Summary(product, found[product]);
        body["price"] = found[pricing].Facts.OfType<PriceSet>().LastOrDefault() is { } price ? JsonNode.Parse(EventJson.Write(price)) : null;
        var offered = new JsonObject();
        foreach (var (venue, status) in found[offer].StateAs<IssuanceRight>(offer).Venues)
        {
            offered[venue] = status.ToString();
        }

        body["offers"] = offered;
        return Reading.Tagged(context, body, VersionTag.Of(("product", found[product].Version), ("pricing", found[pricing].Version), ("offer", found[offer].Version)));
    }

    private static JsonObject Summary(string stream, StoredStream found)
    {
        var state = found.StateAs<ProductRights>(stream);
        var body = new JsonObject
        {
            ["id"] = Reading.LocalName(stream), ["version"] = found.Version, ["stage"] = state.Stage.ToString(), ["productVersion"] = state.Version,
        };
        foreach (var fact in found.Facts)
        {
            switch (fact)
            {
                case ProductRegistered e:
                    (body["title"], body["titleEn"], body["venue"], body["form"]) = (e.Title, e.TitleEn, e.Venue.Value, e.Form.ToString());
                    (body["category"], body["subTrack"], body["isPublicData"], body["useScenario"]) = (e.Category, e.SubTrack, e.IsPublicData, e.UseScenario);
                    (body["provider"], body["securityClass"], body["registeredAt"]) = (e.Provider.Value, e.SecurityClass.ToString(), e.At.ToString());
                    break;
                case RegistrationRefused e:
                    (body["title"], body["titleEn"], body["venue"], body["refusal"]) = (e.Title, e.TitleEn, e.Venue.Value, e.Reason.ToString());
                    body["provider"] = e.Provider.Value;
                    break;
                case RegistrationCorrected e:
                    (body["title"], body["titleEn"]) = (e.Title, e.TitleEn);
                    break;
            }
        }

        body["holder"] = state.Holder.Value;
        body["certificateUntil"] = state.Certificates > 0 ? state.ValidUntil.ToString() : null;
        body["updatedAt"] = found.Facts[^1].At.ToString();
        return body;
    }
}
