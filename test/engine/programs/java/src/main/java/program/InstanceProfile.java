package program;

import com.pulumi.core.Output;
import com.pulumi.core.annotations.Export;
import com.pulumi.core.annotations.Import;
import com.pulumi.core.annotations.ResourceType;
import com.pulumi.resources.CustomResource;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.ResourceArgs;

@ResourceType(type = "aws:iam/instanceProfile:InstanceProfile")
final class InstanceProfile extends CustomResource {
    @Export(name = "name", refs = {String.class}, tree = "[0]")
    private Output<String> name;

    InstanceProfile(String name, Args args) {
        super("aws:iam/instanceProfile:InstanceProfile", name, args, CustomResourceOptions.Empty);
    }

    Output<String> name() {
        return name;
    }

    static final class Args extends ResourceArgs {
        @Import(name = "role")
        private final Output<String> role;

        Args(Output<String> role) {
            this.role = role;
        }
    }
}
