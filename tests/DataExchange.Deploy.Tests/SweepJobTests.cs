using System.Globalization;
using System.Text.Json.Nodes;
using DataExchange.Scenarios.Sweeps;

namespace DataExchange.Deploy.Tests;

/// <summary>The sweep as an indexed job: that its indices are the slices, all of them, and that its pods have no more rights than they need.</summary>
public sealed class SweepJobTests
{
    private static readonly Kustomization Built = Kustomization.Build("kubernetes/sweep");
    private static readonly JsonObject Job = Assert.Single(Built.Of("Job"));
    private static readonly JsonNode Container = Assert.Single(Kustomization.Containers(Job));

    [Fact]
    public void Every_slice_is_an_index_and_has_a_folder_of_its_own()
    {
        var arguments = Container["args"].Texts();
        Assert.Equal(["sweep", "/sweep/sweep.json"], arguments[..2]);
        Assert.Equal("Indexed", Job.At("spec", "completionMode").Text());
        Assert.Equal($"$(SLICE)/{Job.At("spec", "completions").Text()}", After("--slice"));
        Assert.Equal("/results/part-$(SLICE)", After("--out"));
        Assert.Contains("--resume", arguments);
        var slice = Assert.Single(Container["env"].Items(), variable => variable["name"].Text() == "SLICE");
        Assert.Equal("metadata.annotations['batch.kubernetes.io/job-completion-index']", slice.At("valueFrom", "fieldRef", "fieldPath").Text());

        // As many threads as it asks for cores.
        Assert.Equal(Container.At("resources", "requests", "cpu").Text(), After("--workers"));
        Assert.Empty(arguments.Where(argument => argument.StartsWith("--", StringComparison.Ordinal)).Except(["--slice", "--out", "--workers", "--resume", "--json"]));

        string After(string option) => arguments[Array.IndexOf(arguments, option) + 1];
    }

    [Fact]
    public void What_it_mounts_is_there_and_has_the_sweep_file()
    {
        var pod = Job.At("spec", "template", "spec");
        var volumes = pod.At("volumes").Items().ToDictionary(volume => volume["name"].Text()!);
        Assert.All(Container["volumeMounts"].Items(), mount => Assert.Contains(mount["name"].Text()!, volumes));
        var config = Assert.Single(Built.Of("ConfigMap"), map => map.At("metadata", "name").Text() == volumes["sweep"].At("configMap", "name").Text());
        var file = SweepFile.Parse(config.At("data", "sweep.json").Text()!, "config.yaml", 40);
        Assert.True(file.Seeds.Count * file.Design.Points >= int.Parse(Job.At("spec", "completions").Text()!, CultureInfo.InvariantCulture), "more slices than runs");
        Assert.Contains(Built.Of("PersistentVolumeClaim"), claim => claim.At("metadata", "name").Text() == volumes["results"].At("persistentVolumeClaim", "claimName").Text());
        Assert.Equal("ReadWriteMany", Assert.Single(Assert.Single(Built.Of("PersistentVolumeClaim")).At("spec", "accessModes").Texts()));
    }

    [Fact]
    public void Its_pods_are_not_root_write_nothing_else_and_speak_to_nobody()
    {
        var pod = Job.At("spec", "template", "spec");
        Assert.Equal(("true", "RuntimeDefault", "false", "Never"), (
            pod.At("securityContext", "runAsNonRoot").Text(), pod.At("securityContext", "seccompProfile", "type").Text(), pod.At("automountServiceAccountToken").Text(),
            pod.At("restartPolicy").Text()));
        var rights = Container["securityContext"];
        Assert.Equal(("true", "false"), (rights.At("readOnlyRootFilesystem").Text(), rights.At("allowPrivilegeEscalation").Text()));
        Assert.Equal(["ALL"], rights.At("capabilities", "drop").Texts());
        Assert.NotNull(Container.At("resources", "limits", "memory"));
        Assert.Matches(@":[\w.-]+$", Container["image"].Text());
        var closed = Assert.Single(Built.Of("NetworkPolicy"));
        Assert.Equal(["Ingress", "Egress"], closed.At("spec", "policyTypes").Texts());
        Assert.True(closed.At("spec", "ingress") is null && closed.At("spec", "egress") is null && !closed.At("spec", "podSelector").Fields().Any());
    }
}
