using System.Text.Json.Nodes;

namespace DataExchange.Deploy.Tests;

/// <summary>What would be applied to a cluster: whether its parts know each other, and no pod has more rights, or less care, than it should.</summary>
public sealed class KubernetesTests
{
    // Made by whoever keeps the cluster's secrets.
    private static readonly Dictionary<string, string[]> GivenSecrets = new() { ["kubernetes/overlays/development"] = [], ["kubernetes/overlays/production"] = ["dataexchange-connections", "dataexchange-keys"] };

    public static TheoryData<string> Overlays => [.. GivenSecrets.Keys];

    [Fact]
    public void Every_overlay_is_tested() => Assert.Equal(
        GivenSecrets.Keys.Order(StringComparer.Ordinal), Directory.GetDirectories(DeployFiles.In("kubernetes/overlays")).Select(DeployFiles.Name).Order(StringComparer.Ordinal));

    [Fact]
    public void Every_file_is_used()
    {
        foreach (var file in DeployFiles.All(".yaml", ".yml").Where(file => file.Contains("/kubernetes/", StringComparison.Ordinal) && Path.GetFileName(file) != "kustomization.yaml"))
        {
            var folder = Path.GetDirectoryName(file)!;
            folder = Path.GetFileName(folder) == "patches" ? Path.GetDirectoryName(folder)! : folder;
            Assert.Contains("- " + (file.Contains("/patches/", StringComparison.Ordinal) ? "path: " : "") + Path.GetRelativePath(folder, file), File.ReadAllText(Path.Combine(folder, "kustomization.yaml")), StringComparison.Ordinal);
        }
    }

    [Theory, MemberData(nameof(Overlays))]
    public void Every_partition_of_every_service_has_one_process(string overlay)
    {
        var built = Kustomization.Build(overlay);
        var processes = built.Workloads.SelectMany(workload => Kustomization.Containers(workload).Where(container => container["name"].Text() == "dx")
            .Select(container => (Name: Kustomization.NameOf(workload), Serve: ServeArguments.Parse(Kustomization.NameOf(workload), container["args"].Texts())))).ToArray();
        ServeArguments.CoverEverythingOnce(processes);

        // A second pod of a worker would be a second owner.
        Assert.All(built.Of("StatefulSet"), worker => Assert.Equal("1", worker.At("spec", "replicas").Text()));
        Assert.All(built.Of("Deployment"), front => Assert.Null(front.At("spec", "replicas")));
        Assert.DoesNotContain(built.Of("Deployment"), front => processes.Any(process => process.Name == Kustomization.NameOf(front) && process.Serve.Owned.Any()));
    }

    [Theory, MemberData(nameof(Overlays))]
    public void Pods_are_not_root_write_nothing_and_say_what_they_need(string overlay)
    {
        var built = Kustomization.Build(overlay);
        Assert.True(built.Workloads.Count() >= 6);
        foreach (var workload in built.Workloads)
        {
            var (name, pod) = (Kustomization.NameOf(workload), workload.At("spec", "template", "spec"));
            Assert.True(pod.At("securityContext", "runAsNonRoot").Text() == "true", $"{name} may be root");
            Assert.Equal("RuntimeDefault", pod.At("securityContext", "seccompProfile", "type").Text());
            Assert.Equal("false", pod.At("automountServiceAccountToken").Text());
            var volumes = pod.At("volumes").Items().Select(volume => volume["name"].Text()).Concat(workload.At("spec", "volumeClaimTemplates").Items().Select(claim => claim.At("metadata", "name").Text())).ToArray();
            foreach (var container in Kustomization.Containers(workload))
            {
                var rights = container["securityContext"];
                Assert.True(
                    rights.At("readOnlyRootFilesystem").Text() == "true" && rights.At("allowPrivilegeEscalation").Text() == "false" && rights.At("capabilities", "drop").Texts().SequenceEqual(["ALL"]),
                    $"{name}: its container has more rights than it needs");
                Assert.All(["cpu", "memory"], resource => Assert.True(container.At("resources", "requests", resource) is not null, $"{name} does not say how much {resource} it needs"));
                Assert.True(container.At("resources", "limits", "memory") is not null, $"{name} may take all memory of its node");
                Assert.Matches(@":[\w.-]+$", container["image"].Text());
                Assert.All(container["volumeMounts"].Items(), mount => Assert.Contains(mount["name"].Text(), volumes));
            }
        }
    }

    [Theory, MemberData(nameof(Overlays))]
    public void Pods_are_asked_whether_they_live_and_are_ready(string overlay)
    {
        foreach (var container in Kustomization.Build(overlay).Workloads.SelectMany(Kustomization.Containers))
        {
            var ports = container["ports"].Items().Select(port => port["name"].Text()).ToArray();
            foreach (var (probe, path) in new[] { ("startupProbe", "/health/live"), ("livenessProbe", "/health/live"), ("readinessProbe", "/health/ready") })
            {
                Assert.True(container[probe] is not null, $"{container["name"].Text()} has no {probe}");
                if (container["name"].Text() == "dx")
                {
                    Assert.Equal(path, container.At(probe, "httpGet", "path").Text());
                    Assert.Contains(container.At(probe, "httpGet", "port").Text(), ports);
                }
            }
        }
    }

    [Theory, MemberData(nameof(Overlays))]
    public void Who_names_a_pod_a_port_a_secret_or_a_workload_finds_it(string overlay)
    {
        var built = Kustomization.Build(overlay);
        JsonObject[] Selected(JsonNode? selector) => [.. built.Workloads.Where(workload => Kustomization.Selects(selector, Kustomization.LabelsOf(workload)))];
        foreach (var workload in built.Workloads)
        {
            Assert.Same(workload, Assert.Single(Selected(workload.At("spec", "selector"))));
            Assert.True(built.Of("PodDisruptionBudget").Count(budget => Selected(budget.At("spec", "selector")).Contains(workload)) == 1, $"{Kustomization.NameOf(workload)} has no disruption budget of its own");
            if (workload["kind"].Text() == "StatefulSet")
            {
                Assert.Contains(built.Of("Service"), service => service.At("metadata", "name").Text() == workload.At("spec", "serviceName").Text());
            }

            if (workload.At("spec", "template", "spec", "serviceAccountName").Text() is { } account)
            {
                Assert.Contains(built.Of("ServiceAccount"), known => known.At("metadata", "name").Text() == account);
            }

            foreach (var secret in Kustomization.Containers(workload).SelectMany(container => container["env"].Items()).Select(variable => variable.At("valueFrom", "secretKeyRef", "name").Text())
                .Concat(workload.At("spec", "template", "spec", "volumes").Items().Select(volume => volume.At("secret", "secretName").Text())).OfType<string>())
            {
                Assert.Contains(secret, built.Secrets.Concat(GivenSecrets[overlay]));
            }
        }

        foreach (var service in built.Of("Service"))
        {
            var targets = Selected(new JsonObject { ["matchLabels"] = service.At("spec", "selector")!.DeepClone() });
            Assert.NotEmpty(targets);
            Assert.All(service.At("spec", "ports").Items(), port => Assert.All(
                targets.SelectMany(Kustomization.Containers), container => Assert.Contains(port["targetPort"].Text(), container["ports"].Items().Select(open => open["name"].Text()))));
        }

        Assert.All(built.Of("PodDisruptionBudget"), budget => Assert.NotEmpty(Selected(budget.At("spec", "selector"))));
        Assert.All(built.Of("NetworkPolicy").Where(policy => policy.At("spec", "podSelector").Fields().Any()), policy => Assert.NotEmpty(Selected(policy.At("spec", "podSelector"))));
    }

    [Theory, MemberData(nameof(Overlays))]
    public void A_scaler_follows_a_queue_that_is_measured_and_scales_only_what_owns_nothing(string overlay)
    {
        var built = Kustomization.Build(overlay);
        Assert.NotEmpty(built.Of("HorizontalPodAutoscaler"));
        foreach (var scaler in built.Of("HorizontalPodAutoscaler"))
        {
            Assert.Equal("Deployment", scaler.At("spec", "scaleTargetRef", "kind").Text());
            Assert.Contains(built.Of("Deployment"), front => front.At("metadata", "name").Text() == scaler.At("spec", "scaleTargetRef", "name").Text());
            var queue = Assert.Single(scaler.At("spec", "metrics").Items(), metric => metric["type"].Text() == "External")["external"];
            Assert.Equal("dx_queue_messages", queue.At("metric", "name").Text());
            Assert.Subset(MetricNames.Listed["dx_queue_messages"].Labels.ToHashSet(), queue.At("metric", "selector", "matchLabels").Fields().Select(field => field.Key).ToHashSet());
            var (least, most) = (int.Parse(scaler.At("spec", "minReplicas").Text()!, null), int.Parse(scaler.At("spec", "maxReplicas").Text()!, null));
            Assert.InRange(least, 1, most - 1);
        }
    }

    [Theory, MemberData(nameof(Overlays))]
    public void Networks_are_closed_but_for_what_is_named(string overlay)
    {
        var policies = Kustomization.Build(overlay).Of("NetworkPolicy").ToArray();
        var closed = Assert.Single(policies, policy => !policy.At("spec", "podSelector").Fields().Any());
        Assert.Equal(["Ingress", "Egress"], closed.At("spec", "policyTypes").Texts());
        Assert.True(closed.At("spec", "ingress") is null && closed.At("spec", "egress") is null);
        foreach (var rule in policies.SelectMany(policy => policy.At("spec", "ingress").Items().Concat(policy.At("spec", "egress").Items())))
        {
            Assert.True((rule["from"] ?? rule["to"]).Items().Any(), "a rule that names nobody lets everybody in");
            Assert.True(rule["ports"].Items().Any(), "a rule that names no port opens all");
        }
    }
}
