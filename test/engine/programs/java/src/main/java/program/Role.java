package program;

import com.pulumi.core.Output;
import com.pulumi.core.annotations.Export;
import com.pulumi.core.annotations.Import;
import com.pulumi.core.annotations.ResourceType;
import com.pulumi.resources.CustomResource;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.ResourceArgs;

@ResourceType(type = "aws:iam/role:Role")
final class Role extends CustomResource {
    @Export(name = "name", refs = {String.class}, tree = "[0]")
    private Output<String> name;

    Role(String name, Args args) {
        super("aws:iam/role:Role", name, args, CustomResourceOptions.Empty);
    }

    Output<String> name() {
        return name;
    }

    static final class Args extends ResourceArgs {
        @Import(name = "assumeRolePolicy", required = true)
        private final Output<String> assumeRolePolicy;

        Args(Output<String> assumeRolePolicy) {
            this.assumeRolePolicy = assumeRolePolicy;
        }
    }
}
