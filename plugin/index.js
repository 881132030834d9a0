require("../dist/components/package/main.js");
