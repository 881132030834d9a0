package program;

import com.pulumi.Context;
import com.pulumi.Pulumi;
import com.pulumi.core.Output;
import com.pulumi.resources.ComponentResource;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.ResourceArgs;
import java.util.Map;

public final class App {
    private static final Map<String, Object> HARDENED = Map.of("httpTokens", "required", "httpPutResponseHopLimit", 1);

    public static void main(String[] args) {
        Pulumi.run(App::stack);
    }

    private static void stack(Context context) {
        var size = context.config().require("size");
        var role = new Role("role", new Role.Args(Output.of("""
            {
              "Version": "2012-10-17",
              "Statement": [
                {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"AWS": "*"}}
              ]
            }""")));
        var profile = new InstanceProfile("profile", new InstanceProfile.Args(role.name()));
        new Instance("web", Instance.args(size, Map.of("httpTokens", "optional", "httpPutResponseHopLimit", 1))
            .iamInstanceProfile(profile.name()), CustomResourceOptions.Empty);

        var password = context.config().requireSecret("password");
        var tier = new Tier();
        new Instance("worker", Instance.args(size, HARDENED)
            .userData(Output.format("#!/bin/sh\nexport DB_PASSWORD=%s\n", password)),
            CustomResourceOptions.builder().parent(tier).build());
        context.export("profile", profile.name());
    }

    /** A component of the program. */
    private static final class Tier extends ComponentResource {
        Tier() {
            super("my:web:Tier", "tier", ResourceArgs.Empty, null, false);
        }
    }
}
